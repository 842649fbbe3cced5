#!/usr/bin/env python3
"""The three counts by DuckDB in memory, or by ClickHouse (chdb, MergeTree); CPU seconds and peak memory as JSON.

  counts.py duckdb|chdb FOLDER OUTPUT

Of FOLDER/reports.parquet, one thread. Loading is not measured. Each count is taken once before, then three times; the
median stands. OUTPUT gets the rows of all three (see `rows`), int64, to be compared.
"""

import json
import os
import statistics
import sys
import time

import numpy as np

ROUNDS = 3
NAMES = ("months", "top", "night")


def peak_megabytes():
    with open("/proc/self/status", encoding="ascii") as file:
        return int(next(line for line in file if line.startswith("VmHWM")).split()[1]) / 1024


class DuckDB:
    MONTHS = ("SELECT place, kind, date_trunc('month', ts) AS month, count(*) AS n FROM reports GROUP BY ALL")
    TOP = """
      WITH years AS (
        SELECT kind, place, count(*) FILTER (year(ts) = 2025) AS now, count(*) FILTER (year(ts) = 2024) AS before
        FROM reports WHERE ts >= TIMESTAMP '2024-01-01' GROUP BY kind, place),
      ranked AS (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY now DESC, place) AS rank FROM years)
      SELECT kind, place, now, before FROM ranked WHERE rank <= 20 ORDER BY kind, rank"""
    NIGHT = """SELECT place, count(*) AS n FROM reports WHERE hour(ts) >= 21 OR hour(ts) < 3
      GROUP BY place ORDER BY n DESC, place LIMIT 20"""

    def __init__(self, folder):
        import duckdb
        self.database = duckdb.connect(config={"threads": 1})
        self.run(f"CREATE TABLE reports AS SELECT * FROM '{folder}/reports.parquet'")
        self.measured = {"months": f"SELECT count(*), sum(n) FROM ({self.MONTHS})", "top": self.TOP,
                         "night": self.NIGHT}
        self.whole = dict(self.measured, months=f"""
          SELECT year(month) * 12 + month(month) - 1, place, kind, n FROM ({self.MONTHS}) ORDER BY ALL""")

    def run(self, query):
        return self.database.execute(query).fetchall()


class ClickHouse:
    MONTHS = "SELECT place, kind, toStartOfMonth(ts) AS month, count() AS n FROM reports GROUP BY place, kind, month"
    TOP = """
      SELECT kind, place, countIf(toYear(ts) = 2025) AS now, countIf(toYear(ts) = 2024) AS before
      FROM reports WHERE ts >= '2024-01-01' GROUP BY kind, place ORDER BY kind, now DESC, place LIMIT 20 BY kind"""
    NIGHT = """SELECT place, count() AS n FROM reports WHERE toHour(ts) >= 21 OR toHour(ts) < 3
      GROUP BY place ORDER BY n DESC, place LIMIT 20"""

    def __init__(self, folder):
        from chdb import session
        self.session = session.Session()
        self.session.query("CREATE DATABASE b ENGINE = Atomic")
        self.session.query("USE b")
        self.session.query(f"""
          CREATE TABLE reports ENGINE = MergeTree ORDER BY (place, kind) AS
          SELECT assumeNotNull(place) AS place, assumeNotNull(kind) AS kind, assumeNotNull(ts) AS ts
          FROM file('{os.path.abspath(folder)}/reports.parquet', Parquet)""")
        self.measured = {"months": f"SELECT count(), sum(n) FROM ({self.MONTHS})", "top": self.TOP,
                         "night": self.NIGHT}
        self.whole = dict(self.measured, months=f"""
          SELECT toYear(month) * 12 + toMonth(month) - 1 AS m, place, kind, n FROM ({self.MONTHS})
          ORDER BY m, place, kind""")

    def run(self, query):
        answer = self.session.query(query + " SETTINGS max_threads = 1, session_timezone = 'UTC'", "TSV")
        return [[int(cell) for cell in line.split("\t")] for line in answer.bytes().decode().splitlines()]


def cpu(peer, query):
    start = time.process_time()
    peer.run(query)
    return time.process_time() - start


def main():
    which, folder, output = sys.argv[1:]
    peer = {"duckdb": DuckDB, "chdb": ClickHouse}[which](folder)
    found = {}
    for name in NAMES:
        peer.run(peer.measured[name])
        found[name] = statistics.median(cpu(peer, peer.measured[name]) for _ in range(ROUNDS))
    memory = peak_megabytes()
    with open(output, "wb") as file:
        for name in NAMES:
            np.array([list(map(int, row)) for row in peer.run(peer.whole[name])], dtype="<i8").tofile(file)
    print(json.dumps({"cpuSeconds": found, "peakMegabytes": memory}))


if __name__ == "__main__":
    main()
