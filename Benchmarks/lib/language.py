"""Words and kinds of real messages beside jieba and scikit-learn, on the same texts."""

import os
import sys

from house import BENCHMARKS, ROOT, Folder
from kernels import DATA, PEERS, answer, environment
from table import Board

DICTIONARY = os.path.join(ROOT, "var", "assets", "dict.txt")
MESSAGES = os.path.join(DATA, "citizen-messages")


def messages():
    """Kinds and texts of the real messages, in the order of their files; nothing where they are missing."""
    rows = []
    for name in ("val.txt", "test.txt"):
        path = os.path.join(MESSAGES, name)
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8-sig") as file:
            rows += [line.rstrip("\n").partition("\t")[::2] for line in file]
    return [(kind.strip(), text.replace("\r", "")) for kind, text in rows if text]


def language(rounds):
    board = Board("language")
    rows = messages()
    if not rows:
        print(f"  skipped: real messages, for want of {MESSAGES}", file=sys.stderr)
        return board
    python = environment()
    with Folder() as folder:
        texts = os.path.join(folder, "texts")
        with open(texts, "w", encoding="utf-8") as file:
            file.write("\n".join(text for _, text in rows))
        cutting(board, rounds, python, texts, folder)
    return board


def cutting(board, rounds, python, texts, folder):
    cuts = {side: os.path.join(folder, f"cuts-{side}") for side in ("ours", "peer")}
    loads = []

    def ours():
        found = answer([BENCHMARKS, "language", "cut", "--dictionary", DICTIONARY, "--input", texts, "--output",
                        cuts["ours"]])
        loads.append(found["loadSeconds"])
        return found["megabytesPerSecond"]

    def peer():
        return answer([python, "-B", os.path.join(PEERS, "words.py"), texts, cuts["peer"]])["megabytesPerSecond"]

    found = board.rounds(rounds, {"cutting, ours": ours, "cutting, peer": peer})
    board.row("cutting into words", found["cutting, ours"], "MB/CPU s", found["cutting, peer"], "jieba without HMM",
              ratio_least=40)
    board.row("loading the dictionary", max(loads), "CPU s", most=0.3)
    same = open(cuts["ours"], encoding="utf-8").read() == open(cuts["peer"], encoding="utf-8").read()
    board.holds("the same cuts of every message", same)
