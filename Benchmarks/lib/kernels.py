"""The kernels of the safety index beside the libraries that an analyst would take, on the same numbers."""

import array
import csv
import datetime
import gzip
import json
import math
import os
import shutil
import subprocess
import sys
import venv

from house import BENCHMARKS, ROOT, Folder, measure
from table import Board

PEERS = os.path.join(ROOT, "Benchmarks", "peers")
DATA = os.environ.get("HEADWATER_DATA", os.path.join(ROOT, "..", "shared", "data"))
CITIES = int(os.environ.get("HEADWATER_CITIES", "1000"))
R_SERIES = 10


def environment(requirements="requirements.txt", name="peers"):
    """The Python of the peers, in var/; made once."""
    wanted = os.path.join(PEERS, requirements)
    folder = os.path.join(ROOT, "var", "benchmarks", name)
    python, stamp = os.path.join(folder, "bin", "python"), os.path.join(folder, "requirements.txt")
    if not os.path.exists(stamp) or open(stamp, encoding="utf-8").read() != open(wanted, encoding="utf-8").read():
        print(f"  installing the peers into {folder}", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        shutil.copy(wanted, stamp)
    return python


def answer(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:3])} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


class Pair:
    """Ours and a peer on one input: medians of CPU seconds, peaks of memory, and both results."""

    def __init__(self, board, rounds, what, peer, source, folder):
        out = {side: os.path.join(folder, f"{what}-{side}") for side in ("ours", "peer")}
        self.memory = {}

        def run(side, command):
            found = answer(command)
            self.memory[side] = found["peakMegabytes"]
            return found["cpuSeconds"]

        found = board.rounds(rounds, {
            f"{what}, ours": lambda: run("ours", [BENCHMARKS, "statistics", what, "--input", source, "--output",
                                                  out["ours"]]),
            f"{what}, peer": lambda: run("peer", [*peer, source, out["peer"]])})
        self.ours, self.peer = found[f"{what}, ours"], found[f"{what}, peer"]
        self.results = {side: numbers(path) for side, path in out.items()}

    def apart(self, first, last):
        """The greatest difference of the two results, over the greatest value."""
        ours, peer = self.results["ours"][first:last], self.results["peer"][first:last]
        if any(math.isnan(a) != math.isnan(b) for a, b in zip(ours, peer)):
            return math.inf
        pairs = [(a, b) for a, b in zip(ours, peer) if not math.isnan(a)]
        return max(abs(a - b) for a, b in pairs) / max(abs(b) for _, b in pairs)


def numbers(path):
    found = array.array("d")
    with open(path, "rb") as file:
        found.frombytes(file.read())
    return found


def statistics(rounds):
    board = Board("statistics")
    python = environment()
    with Folder() as folder:
        made = os.path.join(folder, "made.py")
        with open(made, "w", encoding="utf-8") as file:
            file.write(f"import sys; sys.path.insert(0, {PEERS!r}); import cities\n" + "".join(
                f"cities.{call}.astype('<f8').tofile({os.path.join(folder, name)!r})\n" for name, call in (
                    ("points", "points(1_000_000, 12_345)"), ("events", "near_repeats()"), ("counts", "counts()"),
                    ("series", "series()"))))
        subprocess.run([python, "-B", made], check=True)

        def pair(what, source, command=None):
            command = command or [python, "-B", os.path.join(PEERS, "kernels.py"), what]
            return Pair(board, rounds, what, command, os.path.join(folder, source), folder)

        density(board, pair)
        local(board, pair)
        near(board, pair, folder)
        warning(board, pair, folder)
    worst_ten(board)
    hot_spots(board, python)
    return board


def density(board, pair):
    found = pair("quartic", "points")
    board.row("density, quartic, 1 M points", found.ours, "CPU s", found.peer, "numba, exact, one thread",
              ratio_most=0.7)
    board.holds("the same to 10⁻¹² of the peak", found.apart(0, None) < 1e-12)
    found = pair("gaussian", "points")
    board.row("density, Gaussian, 1 M points", found.ours, "CPU s", found.peer, "numba, six deviations", ratio_most=0.5)
    board.holds("the same to what the peer leaves out", found.apart(0, None) < 3e-8)


def local(board, pair):
    for what, name in (("star", "Gi*"), ("moran", "local Moran")):
        found = pair(what, "counts")
        board.row(f"{name}, 10,000 cells × 999", found.ours, "CPU s", found.peer, "esda, compiled before",
                  ratio_most=0.5)
        board.row(f"{name}, memory", found.memory["ours"], "MB", found.memory["peer"], "esda", ratio_most=0.1)
        board.holds("the same statistics to 10⁻¹³", found.apart(0, 10_000) < 1e-13)


def near(board, pair, folder):
    found = pair("knox", "events")
    board.row("Knox, 20,000 × 999", found.ours, "CPU s", found.peer, "numpy and a k-d tree", ratio_most=0.3)
    board.holds("the same pairs: 159,059, 7,596,472, 7,905",
                list(found.results["ours"][:3]) == list(found.results["peer"][:3]) == [159_059, 7_596_472, 7_905])
    source = os.path.join(DATA, "near-repeat", "chicago_be.csv")
    if not os.path.exists(source):
        print(f"  skipped: near repeats, for want of {source}", file=sys.stderr)
        return
    with open(source, encoding="ascii") as file:
        rows = [row for row in csv.reader(file) if row[2].isdigit()]
    with open(os.path.join(folder, "burglaries"), "wb") as file:
        array.array("d", [float(cell) for row in rows for cell in row]).tofile(file)
    found = pair("near-repeat", "burglaries")
    board.row("near repeats, 11,700 burglaries × 999", found.ours, "CPU s", found.peer, "numpy and a k-d tree",
              ratio_most=0.3)
    board.holds("the same table", list(found.results["ours"][:16]) == list(found.results["peer"][:16]))


def warning(board, pair, folder):
    there = shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(surveillance)"], capture_output=True).returncode == 0
    board.holds("R's surveillance is there (Debian: r-cran-surveillance)", bool(there))
    if not there:
        return
    # R does ten of the 200 series; both are reckoned for each series and week.
    some = os.path.join(folder, "some-series")
    with open(os.path.join(folder, "series"), "rb") as file, open(some, "wb") as part:
        part.write(file.read(8 * 320 * R_SERIES))
    script = ["Rscript", "-e", 'a <- commandArgs(TRUE); commandArgs <- function(...) c(a, "%d"); source("%s")' % (
        R_SERIES, os.path.join(PEERS, "farrington.R"))]
    found = pair("farrington", "some-series", script)
    whole = os.path.join(folder, "series")
    ours = measure("statistics", "farrington", "--input", whole)["cpuSeconds"]
    board.row("Farrington flexible, 200 × 52", ours, "CPU s", found.peer * 200 / R_SERIES,
              f"R surveillance, from {R_SERIES} series", ratio_most=0.02)
    board.holds("the same bounds to 10⁻⁹", found.apart(0, None) < 1e-9)


def worst_ten(board):
    for levels in ("bounded", "gamma", "twofold", "even"):
        print(f"  statistics: worst ten, {levels}", file=sys.stderr)
        found = measure("worst-ten", "--levels", levels, "--cities", str(CITIES))
        share = found["cities"]
        board.row(f"worst ten, levels {levels}: claimed", found["claimed"] / share, "of cities",
                  found["claimedPlainly"] / share, "plain comparison", most=0.05)
        board.row("a real −30 % found", found["found"] / share, "of cities", least=0.8)


def hot_spots(board, python):
    """Real assaults in cells of 200 m; maps are chosen by the years before the one that counts."""
    source = os.path.join(DATA, "chicago-assaults", "chicago_aggravated_assaults.csv.gz")
    if not os.path.exists(source):
        print(f"  skipped: hot spots, for want of {source}", file=sys.stderr)
        return
    with gzip.open(source, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with Folder() as folder:
        degrees, metres = os.path.join(folder, "degrees"), os.path.join(folder, "metres")
        with open(degrees, "wb") as file:
            array.array("d", [float(row[key]) for row in rows for key in ("longitude", "latitude")]).tofile(file)
        subprocess.run([python, "-B", os.path.join(PEERS, "metres.py"), degrees, metres], check=True)
        places, cell = numbers(metres), 200
        west, south = (min(places[axis::2]) // cell for axis in (0, 1))
        columns, lines = (int(max(places[axis::2]) // cell - low) + 1 for axis, low in ((0, west), (1, south)))
        start = datetime.datetime(2010, 1, 1)
        days = [(datetime.datetime.fromisoformat(row["date"]) - start).total_seconds() / 86_400 for row in rows]
        cells = [int(y // cell - south) * columns + int(x // cell - west) for x, y in zip(places[::2], places[1::2])]
        events = os.path.join(folder, "events")
        with open(events, "wb") as file:
            array.array("d", [value for pair in zip(cells, days) for value in pair]).tofile(file)
        maps = [(datetime.datetime(year, month, 1) - start).days for year in range(2014, 2019) for month in (1, 7)]
        found = measure("hot-spots", "--input", events, "--columns", str(columns), "--rows", str(lines), "--day",
                        str((datetime.datetime(2019, 1, 1) - start).days), "--map-days", ",".join(map(str, maps)),
                        "--horizon", "90")
    for line, pai, pei in zip(found, (8.648, 5.077), (0.641, 0.596)):
        board.row(f"hot-spot map of real assaults, PAI at {line['area']:.0%}", line["pai"], "PAI", line["plainPai"],
                  "counts of three years", least=pai)
        board.holds(f"the peer's PAI is {pai}, its PEI* {pei}",
                    round(line["plainPai"], 3) == pai and round(line["plainPeiStar"], 3) == pei)
