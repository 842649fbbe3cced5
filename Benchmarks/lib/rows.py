"""The rows that reports take, read from a database that our server has just written: what the bare peers write."""

import json
import sqlite3

# In the order in which intake writes them, with the column that names the report's key, case or report. Columns that
# the engine gives by itself are left out.
TABLES = (
    ("idempotency_keys", "key", "key", ()), ("journal", "stream", "stream", ("sequence", "xact")),
    ("vault_entries", "reference", "report", ()), ("vault_keys", "reference", "report", ()),
    ("cases", "id", "case", ()), ("case_reports", "case_id", "case", ()), ("case_deadlines", "case_id", "case", ()),
    ("rate_facts", "case_id", "case", ()),
)


class Instant:
    """Milliseconds since the report came in: a peer's reports come in when it writes them."""

    def __init__(self, milliseconds):
        self.milliseconds = milliseconds


def of_reports(file):
    """A list of [(table, columns, values)], one for each report, with {report}, {case} and {key} for their names."""
    database = sqlite3.connect(file)
    database.row_factory = sqlite3.Row
    found = []
    for kept in database.execute("SELECT key, answer FROM idempotency_keys").fetchall():
        receipt = json.loads(kept["answer"])
        names = {"key": kept["key"], "report": receipt["report"], "case": receipt["case"],
                 "stream": "case-" + receipt["case"]}
        rows = []
        for table, column, name, left_out in TABLES:
            for row in database.execute(f"SELECT * FROM {table} WHERE {column} = ?", (names[name],)):
                columns = [column for column in row.keys() if column not in left_out]
                rows.append((table, columns, [placed(row[column], names, receipt["receivedAt"]) for column in columns]))
        found.append(rows)
    database.close()
    return found


def placed(value, names, received):
    if isinstance(value, int) and abs(value - received) < 366 * 86_400_000:
        return Instant(value - received)
    if not isinstance(value, str):
        return value
    return value.replace(names["report"], "{report}").replace(names["case"], "{case}").replace(names["key"], "{key}")


def as_template(reports):
    """What `benchmarks bare-intake --template` reads."""
    return json.dumps([[
        {"sql": f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
         "values": [pair(value) for value in values]}
        for table, names, values in rows] for rows in reports], ensure_ascii=False)


def pair(value):
    if value is None:
        return ["null", ""]
    if isinstance(value, bytes):
        return ["blob", value.hex()]
    if isinstance(value, Instant):
        return ["instant", str(value.milliseconds)]
    return [{int: "integer", float: "real", str: "text"}[type(value)], str(value)]


def as_pgbench(rows):
    """A script for pgbench: one report's transaction, names from its random numbers."""
    lines = [r"\set a random(1, 9000000000000000)", r"\set b random(1, 9000000000000000)", "BEGIN;"]
    for table, names, values in rows:
        lines.append(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(map(literal, values))});")
    return "\n".join([*lines, "COMMIT;"]) + "\n"


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"decode('{value.hex()}', 'hex')"
    if isinstance(value, Instant):
        # One moment for all: pgbench has no clock, and to ask the server's would cost it.
        return str(1_800_000_000_000 + value.milliseconds)
    if not isinstance(value, str):
        return str(value)
    # pgbench replaces a colon and a name, so that colons of JSON are written as an escape.
    text = "E'" + value.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'"
    for place, number in (("{report}", ":a"), ("{case}", ":b"), ("{key}", ":a")):
        text = text.replace(place, f"' || {number} || E'")
    return "(" + text + ")" if "||" in text else text
