"""Rounds of several runners in turn, their medians as a table, and the figures that are held to."""

import statistics
import sys


class Board:
    def __init__(self, title):
        self.title, self.rows, self.missed = title, [], []

    def rounds(self, count, runners):
        """Runs each of {name: function giving a number} in turn, `count` times. Returns the medians."""
        results = {name: [] for name in runners}
        for number in range(count):
            for name, run in runners.items():
                print(f"  {self.title}: {name}, round {number + 1} of {count}", file=sys.stderr)
                results[name].append(run())
        return {name: statistics.median(values) for name, values in results.items()}

    def row(self, what, ours, unit, peer=None, peer_name="", least=None, most=None, ratio_least=None,
            ratio_most=None):
        """One line; a figure that is missed is remembered."""
        ratio = ours / peer if peer else None
        wanted = []
        if least is not None:
            wanted.append((ours >= least, f"≥ {least:,}"))
        if most is not None:
            wanted.append((ours <= most, f"≤ {most:,}"))
        if ratio_least is not None:
            wanted.append((ratio is not None and ratio >= ratio_least, f"ratio ≥ {ratio_least}"))
        if ratio_most is not None:
            wanted.append((ratio is not None and ratio <= ratio_most, f"ratio ≤ {ratio_most}"))
        verdict = "" if not wanted else "ok" if all(holds for holds, _ in wanted) else "MISSED"
        if verdict == "MISSED":
            self.missed.append(what)
        self.rows.append([what, number(ours), number(peer), "" if ratio is None else f"{ratio:.2f}", unit, peer_name,
                          ", ".join(text for _, text in wanted), verdict])

    def holds(self, what, is_so):
        """A line that is a yes or a no."""
        if not is_so:
            self.missed.append(what)
        self.rows.append([what, "yes" if is_so else "no", "", "", "", "", "yes", "ok" if is_so else "MISSED"])

    def print(self):
        head = [self.title, "ours", "peer", "ratio", "unit", "the peer is", "wanted", ""]
        widths = [max(len(row[column]) for row in [head] + self.rows) for column in range(len(head))]
        for row in [head, ["-" * width for width in widths]] + self.rows:
            cells = [cell.rjust(width) if column in (1, 2, 3) else cell.ljust(width)
                     for column, (cell, width) in enumerate(zip(row, widths))]
            print("  ".join(cells).rstrip())


def number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
