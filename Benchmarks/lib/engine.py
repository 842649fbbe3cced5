"""Inside one process: the journal and the rates."""

import csv
import io
import json
import os
import time

from house import Folder, filled, headwater, measure, stated
from table import Board

EVENTS = int(os.environ.get("HEADWATER_EVENTS", "200000"))
CASES = int(os.environ.get("HEADWATER_CASES", "1000000"))


def journal(rounds):
    """Append and verify against bare inserts and a bare scan of the same rows; verify and rebuild of a whole city."""
    board = Board("journal")
    with Folder() as folder:
        files = iter(range(1000))

        def append(what):
            file = os.path.join(folder, f"{what}-{next(files)}.sqlite")
            result = measure("journal", what, "--file", file, "--events", str(EVENTS))["perSecond"]
            os.rename(file, os.path.join(folder, "filled.sqlite"))
            return result

        found = board.rounds(rounds, {what: lambda what=what: append(what) for what in ("bare-append", "append")})
        board.row("append", found["append"], "events/s", found["bare-append"], "the same rows by plain inserts")
        file = os.path.join(folder, "filled.sqlite")
        found = board.rounds(rounds, {
            what: lambda what=what: measure("journal", what, "--file", file)["perSecond"]
            for what in ("bare-scan", "verify")})
        board.row("verify the journal", found["verify"], "events/s", found["bare-scan"], "the same rows read, no hash",
                  least=100_000)
    data = filled(min(CASES, 50_000))
    # Views that another version of the program has filled are made anew before they are verified.
    found = board.rounds(rounds, {
        name: lambda name=name: stated(headwater(name, "--data", data)[1], "events/s") for name in ("rebuild", "verify")})
    board.row("verify the installation", found["verify"], "events/s", least=100_000)
    board.row("rebuild the views", found["rebuild"], "events/s", least=100_000)
    return board


def rates(rounds):
    """Six rates over a million cases, and the same reckoned from every event."""
    board = Board("rates")
    data = filled(CASES)
    period = ("--from", "2000-01-01", "--to", "2099-12-31")
    document = json.loads(headwater("rates", "--data", data, *period, "--format", "json")[0])
    instants = ["--from", str(document["from"]), "--to", str(document["to"]), "--as-of", str(document["asOf"])]
    as_of = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(document["asOf"] / 1000 + 1))

    def ours(*by):
        return stated(headwater("rates", "--data", data, *period, "--as-of", as_of, *by)[1], " s")

    found = board.rounds(rounds, {"whole": ours, "by agency": lambda: ours("--by", "agency")})
    started = time.monotonic()
    recount = measure("recount", "--data", data, *instants)
    plain = time.monotonic() - started
    board.row("six rates, whole", found["whole"], "s", plain, "every case folded again", most=1)
    board.row("six rates, by agency", found["by agency"], "s", plain, "every case folded again", most=1)
    board.holds("equal to the recount", lines(document["lines"]) == lines(recount))
    by_agency = measure("recount", "--data", data, *instants, "--by", "agency")
    table = headwater("rates", "--data", data, *period, "--as-of", as_of, "--by", "agency", "--format", "csv")[0]
    board.holds("equal by agency", csv_lines(table) == lines(by_agency))
    return board


def lines(found):
    """(rate, group) → figures, without lines that count nothing."""
    figures = {(line["rate"], line["group"]): (line["denominator"], line["numerator"], line["notYetDue"]) for line in found}
    return {key: value for key, value in figures.items() if any(value)}


def csv_lines(text):
    return lines([
        {"rate": row["rate"], "group": row["group"], "denominator": int(row["denominator"]),
         "numerator": int(row["numerator"]), "notYetDue": int(row["not_yet_due"])}
        for row in csv.DictReader(io.StringIO(text))])
