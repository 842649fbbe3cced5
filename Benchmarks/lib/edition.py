"""A whole edition of the safety index: over ten million made-up reports, and over two sets of real ones."""

import csv
import gzip
import os
import re
import sys

from house import ROOT, Folder, headwater, measure, peak_of_child, HEADWATER
from kernels import DATA
from site_measures import unpacked
from table import Board

REPORTS = int(os.environ.get("HEADWATER_REPORTS", "10000000"))


def edition(rounds):
    board = Board("edition")
    print("  edition: ten million made-up reports, one round", file=sys.stderr)
    found = measure("edition", "--reports", str(REPORTS), "--city", os.path.join(ROOT, "Cities", "rongxi"))
    board.row(f"{found['reports']:,} made-up reports", found["seconds"], "s", most=20)
    board.row("resident at most, the reports included", found["peakMegabytes"], "MB", most=2_048)
    with Folder() as folder:
        assaults(board, rounds, folder)
        calls(board, rounds, folder)
    return board


def assaults(board, rounds, folder):
    source = os.path.join(DATA, "chicago-assaults", "chicago_aggravated_assaults.csv.gz")
    if not os.path.exists(source):
        print(f"  skipped: assaults, for want of {source}", file=sys.stderr)
        return
    events = os.path.join(folder, "assaults.csv")
    with gzip.open(source, "rt", encoding="utf-8") as rows, open(events, "w", encoding="utf-8") as file:
        lines = sorted(
            ",".join([row["date"][:10], str(int(row["date"][11:13])), row["longitude"], row["latitude"],
                      re.sub("[^a-z]+", "-", row["loc_cat"].lower()) or "other", row["district"].zfill(2)])
            for row in csv.DictReader(rows))
        file.write("\n".join(lines))
    days = sorted({line[:10] for line in lines})
    # Nine years: the latter half beside the former, so that every row is counted.
    middle = days[len(days) // 2]
    command = ["edition", "--input", events, "--from", middle, "--to", days[-1], "--compare", "period-before"]
    found = board.rounds(rounds, {"ours": lambda: measure(*command)["seconds"]})
    board.row(f"{len(lines):,} real assaults", found["ours"], "s", most=3)


def calls(board, rounds, folder):
    """The real calls imported, and the whole command: read, made, frozen, pages and tables written."""
    city, data = os.path.join(ROOT, "Cities", "montgomery"), os.path.join(folder, "site")
    headwater("import", "--city", city, "--data", data, "--mapping", os.path.join(city, "mapping.yaml"), "--rejects",
              os.path.join(folder, "rejects.csv"), unpacked(folder))

    def ours():
        out, error, code, seconds, _ = peak_of_child(
            [HEADWATER, "index", "--data", data, "--city", city, "--from", "2016-04-18", "--to", "2016-08-24",
             "--compare", "period-before", "--out", os.path.join(folder, "edition")])
        if code != 0:
            sys.exit("headwater index failed:\n" + error[-2000:])
        return seconds

    found = board.rounds(rounds, {"ours": ours})
    board.row("the real calls of Montgomery, PDF and all", found["ours"], "s", most=3)
