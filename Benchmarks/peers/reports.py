#!/usr/bin/env python3
"""Made-up reports of four years, the same from the same seed: columns for ours, Parquet for the peers.

  reports.py ROWS FOLDER

A square of 20,480 m: three fifths of all reports lie anywhere, two fifths around forty centres; places are squares of
1,024 m. Days are all alike, hours gather around half past eight in the evening, of twelve kinds each is rarer than the
one before. FOLDER/columns has the rows in order of time: seconds since 1970 (int64), place (int32), kind (int32), metres
east and north (float32), one column behind the other; FOLDER/reports.parquet has them in no order.
"""

import os
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SIDE, SQUARE, ACROSS = 20_480.0, 1_024, 20
FIRST, DAYS, KINDS, CENTRES = 1_640_995_200, 1_461, 12, 40


def points(count, random):
    centre, spread = random.uniform(0, SIDE, (CENTRES, 2)), random.uniform(150, 600, CENTRES)
    found = random.uniform(0, SIDE, (count, 2))
    near = np.flatnonzero(random.random(count) < 0.4)
    of = random.integers(0, CENTRES, len(near))
    found[near] = centre[of] + random.normal(size=(len(near), 2)) * spread[of, None]
    # What falls outside is mirrored at the edge.
    found = np.abs(found)
    found = np.where(found > SIDE, 2 * SIDE - found, found)
    return np.clip(found, 0, np.nextafter(SIDE, 0))


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    random = np.random.default_rng(20_260)
    found = points(count, random)
    place = (found[:, 1] // SQUARE).astype(np.int32) * ACROSS + (found[:, 0] // SQUARE).astype(np.int32)
    weight = 1 / np.arange(1, KINDS + 1) ** 1.1
    kind = random.choice(KINDS, count, p=weight / weight.sum()).astype(np.int32)
    hour = random.normal(20.5, 4.5, count) % 24
    seconds = FIRST + random.integers(0, DAYS, count) * 86_400 + (hour * 3_600).astype(np.int64)
    pq.write_table(
        pa.table({"place": place.astype(np.int16), "kind": kind.astype(np.int8),
                  "ts": pa.array(seconds * 1_000_000, pa.timestamp("us"))}),
        os.path.join(folder, "reports.parquet"), compression="zstd")
    order = np.argsort(seconds, kind="stable")
    with open(os.path.join(folder, "columns"), "wb") as file:
        for column in (seconds.astype("<i8"), place.astype("<i4"), kind.astype("<i4"), found[:, 0].astype("<f4"),
                       found[:, 1].astype("<f4")):
            column[order].tofile(file)


if __name__ == "__main__":
    main()
