"""Ten million reports counted: from the columns and from the cube beside DuckDB and ClickHouse, on the same rows."""

import os
import shutil
import subprocess
import sys

from house import BENCHMARKS, CITY, Folder, filled, measure
from kernels import PEERS, answer, environment
from table import Board

ROWS = int(os.environ.get("HEADWATER_ROWS", "10000000"))
COUNTS = {"months": "place × kind × month", "top": "top 20 places a kind, two years", "night": "21:00–03:00 by place"}


def counts(rounds):
    board = Board("counts")
    python = environment("requirements-counts.txt", "peers-counts")
    with Folder() as folder:
        print(f"  making {ROWS:,} reports", file=sys.stderr)
        subprocess.run([python, "-B", os.path.join(PEERS, "reports.py"), str(ROWS), folder], check=True)
        data = os.path.join(folder, "data")
        made = measure("counts", "fill", "--city", CITY, "--data", data, "--input", os.path.join(folder, "columns"))
        sides = {
            side: [BENCHMARKS, "counts", side, "--city", CITY, "--data", data, "--output", os.path.join(folder, side)]
            for side in ("columns", "cube")}
        for peer in ("duckdb", "chdb"):
            sides[peer] = [python, "-B", os.path.join(PEERS, "counts.py"), peer, folder, os.path.join(folder, peer)]
        found, memory = {}, {}

        def run(side):
            cost = answer(sides[side])
            memory[side] = cost["peakMegabytes"]
            for name, seconds in cost["cpuSeconds"].items():
                found.setdefault((side, name), []).append(seconds)
            return sum(cost["cpuSeconds"].values())

        board.rounds(rounds, {side: lambda side=side: run(side) for side in sides})
        middle = {key: sorted(values)[len(values) // 2] for key, values in found.items()}
        for name, what in COUNTS.items():
            peer = min(("duckdb", "chdb"), key=lambda peer: middle[peer, name])
            other = {"duckdb": "DuckDB, one thread", "chdb": "ClickHouse, one thread"}[peer]
            board.row(f"{what}, columns", middle["columns", name], "CPU s", middle[peer, name], other, ratio_most=1)
            board.row(f"{what}, cube", middle["cube", name], "CPU s", middle[peer, name], other, ratio_most=0.05)
        board.row("memory, columns", memory["columns"], "MB", min(memory["duckdb"], memory["chdb"]), "the smaller")
        board.row("memory, cube", memory["cube"], "MB", min(memory["duckdb"], memory["chdb"]), "the smaller")
        board.row("columns on disk", size(os.path.join(data, "incidents")), "MB",
                  size(os.path.join(folder, "reports.parquet")), "Parquet, zstd")
        board.row("cube on disk", size(os.path.join(data, "headwater.sqlite")), "MB")
        board.row("written: columns", made["cpuSeconds"]["columns"], "CPU s")
        board.row("written: cube", made["cpuSeconds"]["cube"], "CPU s")
        answers = {side: open(os.path.join(folder, side), "rb").read() for side in sides}
        board.holds("all four give the same answers", len(set(answers.values())) == 1)
    follow(board)
    return board


def follow(board):
    """A journal of simulated cases, with all that happened to them, folded from the start."""
    with Folder() as folder:
        shutil.copy(os.path.join(filled(50_000), "headwater.sqlite"), folder)
        found = measure("counts", "follow", "--data", folder)
        board.row("journal folded into the cube", found["events"] / found["cubeSeconds"], "events/CPU s", least=50_000)
        board.row("reports gathered as columns", found["rows"] / found["columnSeconds"], "rows/CPU s", least=50_000)


def size(path):
    if os.path.isdir(path):
        return sum(size(os.path.join(path, name)) for name in os.listdir(path))
    return os.path.getsize(path) / 1_000_000
