#!/usr/bin/env python3
"""Prints the description of the server of HEADWATER_URL with what its city holds put in: identifiers of cases in every
phase, of reports and accounts, codes of kinds, agencies and squads. Whoever makes requests of it gets past the 404."""
import json
import os
import urllib.request

URL = os.environ["HEADWATER_URL"]
SAMPLE = 12
EACH = 4


def ask(path):
    # Both roles: one reads cases, the other accounts.
    token = os.environ["HEADWATER_TOKEN" if "accounts" in path else "HEADWATER_OPERATOR"]
    request = urllib.request.Request(URL + path, headers={"Authorization": "Bearer " + token})
    return json.load(urllib.request.urlopen(request, timeout=10))


def sample(items, count=SAMPLE):
    """So many of them, evenly from all."""
    items = sorted(set(items))
    return items[:: max(1, len(items) // count)][:count]


def cases(phases):
    return [case for phase in phases for case in ask(f"/api/v1/cases?phase={phase}&limit={EACH}")["cases"]]


def main():
    document = json.load(urllib.request.urlopen(URL + "/openapi.json", timeout=10))
    schemas = document["components"]["schemas"]
    pack = ask("/api/v1/pack")
    found = cases(schemas["Case"]["properties"]["phase"]["enum"])
    ids = [case["id"] for case in found]
    reports = [report["id"] for id in ids for report in ask("/api/v1/cases/" + id)["reports"]]
    paths = {
        "/api/v1/cases/": ids,
        "/api/v1/reports/": reports,
        "/api/v1/accounts/": [account["id"] for account in ask("/api/v1/accounts")["accounts"]],
        "/api/v1/rates/": [rate["rate"] for rate in ask("/api/v1/rates?from=2026-01-01&to=2026-02-01")["rates"]],
    }
    fields = {
        "kind": sample(kind["code"] for kind in pack["kinds"] if kind["isLeaf"]),
        "agency": sample(agency["code"] for agency in pack["agencies"]),
        "squad": sample(squad["code"] for squad in pack["squads"]),
        "division": sample(division["code"] for division in pack["divisions"]),
        "place": sample(case["place"] for case in found if "place" in case),
        "into": sample(ids),
    }
    fields["supporting"] = fields["agency"]
    asked = {name for path in document["paths"].values() for operation in path.values()
             for name in references(operation.get("requestBody", {}))}
    for name in asked:
        for field, codes in fields.items():
            put(schemas[name].get("properties", {}).get(field), codes)
    for path, operations in document["paths"].items():
        known = next((known for start, known in paths.items() if path.startswith(start)), None)
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                if known and parameter["in"] == "path":
                    put(parameter["schema"], reports if parameter["name"] == "reference" else known)
    print(json.dumps(document))


def references(body):
    return [content["schema"]["$ref"].rsplit("/", 1)[1] for content in body.get("content", {}).values()
            if "$ref" in content["schema"]]


def put(schema, values):
    """Only these from now on."""
    if schema is None or not values:
        return
    if "anyOf" in schema:
        return put(schema["anyOf"][0], values)
    if schema.get("type") == "array":
        return put(schema["items"], values)
    schema.clear()
    schema.update({"type": "string", "enum": list(values)})


main()
