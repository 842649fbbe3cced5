"""A client that somebody else wrote (PyPI: georeport) reads the server of HEADWATER_URL; plain requests write to it.

The client only reads, so one report is handed in first, by form as GeoReport v2 wants it, and must come back through
the client with the same kind. XML is read by the standard library.
"""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "var", "python"))
import georeport  # noqa: E402

BASE = os.environ["HEADWATER_URL"] + "/open311/v2/"


def make_key():
    """A door's key; the administrator's may not hand reports in."""
    command = [os.environ["HEADWATER_BINARY"], "token", "create", "--role", "operator", "--scopes", "reports:write",
               "--name", "open311"]
    return subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout.strip()


def expect(holds, what):
    if not holds:
        sys.exit("does not hold: " + what)


def get_xml(path):
    with urllib.request.urlopen(BASE + path) as answer:
        expect("xml" in answer.headers["Content-Type"], path + " is XML")
        return ElementTree.fromstring(answer.read())


def post(fields):
    body = urllib.parse.urlencode(fields).encode()
    try:
        with urllib.request.urlopen(BASE + "requests.xml", body) as answer:
            return answer.status, ElementTree.fromstring(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, ElementTree.fromstring(error.read())


def point():
    """Somewhere in the city: the centre of its first published place."""
    with open(os.path.join(ROOT, "Cities", "rongxi", "places.geojson"), encoding="utf-8") as file:
        places = [feature["properties"] for feature in json.load(file)["features"]]
    longitude, latitude = next(place["centre"] for place in places if place.get("published"))
    return {"lat": latitude, "long": longitude}


def main():
    with urllib.request.urlopen(os.environ["HEADWATER_URL"] + "/open311/discovery.xml") as answer:
        expect(ElementTree.fromstring(answer.read()).tag == "discovery", "discovery is XML")
    services = get_xml("services.xml").findall("service")
    expect(services, "some services are published")
    code = services[0].findtext("service_code")
    words = {"service_code": code, "description": "far too loud at night", "api_key": make_key()}
    expect(post({**words, **point(), "api_key": os.environ["HEADWATER_TOKEN"]})[0] == 403, "another key is refused")
    expect(post(words)[0] == 400, "a report without a place is refused with 400")
    expect(post({**words, **point(), "service_code": "no.such"})[0] in (400, 404), "an unknown service is refused")
    status, answer = post({**words, **point()})
    expect(status in (200, 201), f"a report is taken (status {status})")
    report = answer.findtext(".//service_request_id")
    expect(report, "the answer names the report")
    expect(post({**words, **point()})[1].findtext(".//service_request_id") == report, "sent twice, it is one report")
    expect("too loud" not in ElementTree.tostring(get_xml("requests/" + report + ".xml"), encoding="unicode"),
           "what was said is not published")
    asking = next(service.findtext("service_code") for service in services if service.findtext("metadata") == "true")
    for form in ("json", "xml"):
        client = georeport.GeoReport(BASE, output_format=form)
        expect(code in [service["service_code"] for service in client.get_service_list()], f"services in {form}")
        expect(client.get_service_definition(asking)["service_code"] == asking, f"a definition in {form}")
        found = client.get_service_request(report)
        found = found[0] if isinstance(found, list) else found
        expect(found["service_request_id"] == report and found["service_code"] == code, f"one request in {form}")
        expect(client.get_service_requests(service_code=code), f"requests by kind in {form}")


if __name__ == "__main__":
    main()
    print("Open311 holds")
