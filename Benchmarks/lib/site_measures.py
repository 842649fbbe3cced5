"""A whole installation: start, live feed, import, backup."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile

from engine import CASES
from house import BENCHMARKS, CITY, HEADWATER, ROOT, Folder, filled, headwater, peak_of_child, serve, stated, token
from intake import send
from table import Board

FOLLOWERS = 500
EVENTS_PER_SECOND = 100


def start(rounds):
    """From nothing to ready, on a database of a million cases."""
    board = Board("start")
    data = filled(CASES)

    def once(data):
        with serve(data) as server:
            return server.start_seconds

    with Folder() as folder:
        empty = os.path.join(folder, "site")
        once(empty)
        found = board.rounds(rounds, {"full": lambda: once(data), "empty": lambda: once(empty)})
    board.row(f"ready on {CASES:,} cases", found["full"], "s", found["empty"], "the same on an empty database", most=1)
    return board


def feed(_):
    """From an event's time to each of 500 followers, at 100 events/s."""
    board = Board("feed")
    with Folder() as folder:
        data = os.path.join(folder, "site")
        with serve(data) as server:
            per_report = events_per_report(server, token(data), data)
            follow = subprocess.Popen(
                [BENCHMARKS, "follow", "--port", str(server.port), "--token", token(data, "supervisor"),
                 "--followers", str(FOLLOWERS), "--seconds", "25"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            if follow.stderr.readline().strip() != "connected":
                sys.exit("the followers did not connect: " + follow.stderr.read())
            send(server.url, token(data), "--rate", str(EVENTS_PER_SECOND / per_report), "--seconds", "20")
            found = json.loads(follow.communicate()[0])
    board.holds(f"{FOLLOWERS} followers answered", found["connected"] == FOLLOWERS)
    board.holds("all got the same events", found["eventsLeast"] == found["eventsMost"] > EVENTS_PER_SECOND * 10)
    board.row("event to follower, p50", found["p50Milliseconds"], "ms")
    board.row("event to follower, p99", found["p99Milliseconds"], "ms", most=150)
    return board


def events_per_report(server, key, data):
    send(server.url, key, "--days", "1", "--reports-per-day", "200")
    database = sqlite3.connect(os.path.join(data, "headwater.sqlite"))
    events, reports = [database.execute(sql).fetchone()[0] for sql in (
        "SELECT COUNT(*) FROM journal WHERE stream LIKE 'case-%'", "SELECT COUNT(*) FROM case_reports")]
    database.close()
    return events / reports


def import_calls(rounds):
    """The real 911 calls of Montgomery County, twice; beside it the same file by plain inserts."""
    board = Board("import")
    city = os.path.join(ROOT, "Cities", "montgomery")
    with Folder() as folder:
        calls = unpacked(folder)
        numbers = iter(range(1000))
        peaks, added = [], []

        def command(data):
            return [HEADWATER, "import", "--city", city, "--data", data, "--mapping", os.path.join(city, "mapping.yaml"),
                    "--rejects", os.path.join(folder, "rejects.csv"), calls]

        def ours():
            data = os.path.join(folder, f"site-{next(numbers)}")
            out, error, code, seconds, peak = peak_of_child(command(data))
            if code != 0:
                sys.exit("headwater import failed:\n" + error[-2000:])
            peaks.append(peak)
            out, *_ = peak_of_child(command(data))
            added.append(stated(out, "added"))
            return count(calls) / seconds

        def bare():
            database = sqlite3.connect(os.path.join(folder, f"bare-{next(numbers)}.sqlite"))
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            started = time.monotonic()
            with open(calls, newline="", encoding="utf-8") as file:
                reader = csv.reader(file)
                names = next(reader)
                database.execute(f"CREATE TABLE calls ({', '.join(names)})")
                with database:
                    database.executemany(f"INSERT INTO calls VALUES ({', '.join('?' * len(names))})", reader)
            database.close()
            return count(calls) / (time.monotonic() - started)

        found = board.rounds(rounds, {"ours": ours, "bare": bare})
    board.row("rows of the real calls", found["ours"], "rows/s", found["bare"], "Python's csv and sqlite3, one table",
              least=20_000)
    board.row("memory at most", max(peaks), "MB", most=200)
    board.row("added by a repeat", max(added), "rows", most=0)
    return board


def unpacked(folder):
    """The file of calls, wherever the data of the project lie; HEADWATER_CALLS names another."""
    source = os.environ.get("HEADWATER_CALLS", os.path.join(ROOT, "..", "shared", "data", "montgomery-911", "911.zip"))
    if not source.endswith(".zip"):
        return source
    with zipfile.ZipFile(source) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        return archive.extract(name, folder)


def count(file):
    with open(file, newline="", encoding="utf-8") as opened:
        return sum(1 for _ in csv.reader(opened)) - 1


def backup(_):
    """A copy taken while reports come in: it verifies and holds every report that was acknowledged before it began."""
    board = Board("backup")
    with Folder() as folder:
        data, copy, restored = (os.path.join(folder, name) for name in ("site", "copy.backup", "restored"))
        log = os.path.join(folder, "acknowledged")
        with serve(data) as server:
            key = token(data)
            load = threading.Thread(target=send, args=(server.url, key, "--seconds", "12", "--acknowledged", log))
            load.start()
            time.sleep(5)
            before = acknowledged(log)
            started = time.monotonic()
            headwater("backup", "--data", data, copy)
            seconds = time.monotonic() - started
            load.join()
        headwater("restore", "--data", restored, copy)
        verdict = subprocess.run([HEADWATER, "verify", "--data", restored], capture_output=True, text=True)
        database = sqlite3.connect(os.path.join(restored, "headwater.sqlite"))
        there = {row[0] for row in database.execute("SELECT id FROM case_reports")}
        database.close()
        size = os.path.getsize(copy) / 1e6
    board.row("copied under load", size / seconds, "MB/s")
    board.holds("the copy verifies", verdict.returncode == 0)
    board.holds(f"holds the {len(before):,} acknowledged before", bool(before) and before <= there)
    return board


def acknowledged(log):
    """The reports in the load generator's list: key, report and case, separated by tabs. A last line may be cut."""
    with open(log, encoding="utf-8") as file:
        return {line.split("\t")[1] for line in file.read().split("\n")[:-1]}
