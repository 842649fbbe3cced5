"""Words and kinds of real messages beside jieba and scikit-learn, on the same texts."""

import os
import statistics
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
        judging(board, python, texts, [kind for kind, _ in rows], folder)
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


def judging(board, python, texts, kinds, folder):
    """Five splits by the seeds 0 … 4; ours and the peer learn from the same four fifths."""
    labels, held = os.path.join(folder, "kinds"), os.path.join(folder, "held")
    with open(labels, "w", encoding="utf-8") as file:
        file.write("\n".join(kinds))
    figures = []
    for seed in range(5):
        print(f"  language: judging, split {seed + 1} of 5", file=sys.stderr)
        peer = answer([python, "-B", os.path.join(PEERS, "kinds.py"), texts, labels, str(seed), held])
        ours = answer([BENCHMARKS, "language", "judge", "--dictionary", DICTIONARY, "--input", texts, "--kinds", labels,
                       "--held", held])
        truth = [kinds[index] for index in peer["asked"]]
        right = [a == b for a, b in zip(ours["kinds"], truth)]
        sure = sorted(zip(ours["certainties"], right), reverse=True)[:-(-9 * len(truth) // 10)]
        figures.append({
            "ours": macro_f1(truth, ours["kinds"]), "peer": macro_f1(truth, peer["kinds"]),
            "error": calibration_error(ours["certainties"], right), "sure": sum(hit for _, hit in sure) / len(sure),
            "rate": ours["messagesPerSecond"], "peer rate": peer["messagesPerSecond"]})
    mean = {name: statistics.mean(each[name] for each in figures) for name in figures[0]}
    board.row("kinds, mean macro-F1 of five splits", mean["ours"], "F1", mean["peer"],
              "characters 1-2, LinearSVC", least=0.890)
    board.holds("above the peer in the mean", mean["ours"] > mean["peer"])
    board.row("calibration error, 15 bins", mean["error"], "ECE", most=0.05)
    board.row("right where the surest 90 % are answered", mean["sure"], "of them", least=0.93)
    board.row("judging", mean["rate"], "messages/CPU s", mean["peer rate"], "characters 1-2, LinearSVC", least=20_000)


def macro_f1(truth, found):
    """The mean over kinds of 2·hits/(found + there)."""
    scores = []
    for kind in sorted(set(truth)):
        hits = sum(a == b == kind for a, b in zip(truth, found))
        scores.append(2 * hits / (truth.count(kind) + found.count(kind)))
    return statistics.mean(scores)


def calibration_error(certainties, right, bins=15):
    """How far certainty and share of right answers lie apart, in bins of equal width, weighed by their size."""
    error = 0
    for number in range(bins):
        inside = [(certainty, hit) for certainty, hit in zip(certainties, right)
                  if number / bins < certainty <= (number + 1) / bins]
        error += abs(sum(hit for _, hit in inside) - sum(certainty for certainty, _ in inside)) / len(right)
    return error
