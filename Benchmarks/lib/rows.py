"""The rows that one report takes, read from a database that our server has just written: what the bare peers write."""

import json
import sqlite3

# In the order in which intake writes them. Columns that the engine gives by itself are left out.
TABLES = {
    "idempotency_keys": (), "vault_entries": (), "vault_keys": (), "journal": ("sequence", "xact"), "cases": (),
    "case_reports": (), "case_deadlines": (), "rate_facts": (),
}

PLACES = ("{report}", "{case}", "{key}")


def of_report(file, report, case, key):
    """[(table, columns, values)], with {report}, {case} and {key} where their names stood."""
    database = sqlite3.connect(file)
    found = []
    for table, left_out in TABLES.items():
        cursor = database.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            pairs = [(name, placed(value, report, case, key)) for name, value in zip(names, row) if name not in left_out]
            # Other rows than this report's: what the same installation holds besides.
            if any(place in value for _, value in pairs if isinstance(value, str) for place in PLACES):
                found.append((table, [name for name, _ in pairs], [value for _, value in pairs]))
    database.close()
    return found


def placed(value, report, case, key):
    if not isinstance(value, str):
        return value
    return value.replace(report, "{report}").replace(case, "{case}").replace(key, "{key}")


def as_template(rows):
    """What `benchmarks bare-intake --template` reads."""
    return json.dumps([
        {"sql": f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
         "values": [pair(value) for value in values]}
        for table, names, values in rows], ensure_ascii=False)


def pair(value):
    if value is None:
        return ["null", ""]
    if isinstance(value, bytes):
        return ["blob", value.hex()]
    return [{int: "integer", float: "real", str: "text"}[type(value)], str(value)]


def as_pgbench(rows):
    """A script for pgbench: one transaction, names from its random numbers."""
    lines = [r"\set a random(1, 9000000000000000)", r"\set b random(1, 9000000000000000)", "BEGIN;"]
    for table, names, values in rows:
        lines.append(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(map(literal, values))});")
    return "\n".join([*lines, "COMMIT;"]) + "\n"


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"decode('{value.hex()}', 'hex')"
    if not isinstance(value, str):
        return str(value)
    # pgbench replaces a colon and a name, so that colons of JSON are written as an escape.
    text = "E'" + value.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'"
    for place, number in (("{report}", ":a"), ("{case}", ":b"), ("{key}", ":a")):
        text = text.replace(place, f"' || {number} || E'")
    return "(" + text + ")" if "||" in text else text
