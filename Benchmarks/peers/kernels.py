#!/usr/bin/env python3
"""One kernel by the library that an analyst would take; prints CPU seconds and peak memory as JSON.

  kernels.py WHAT INPUT OUTPUT      numbers in and out as little-endian doubles
"""

import json
import sys
import time

import numpy as np

GRID, CELL, WIDTH = 512, 40.0, 300.0


def quartic(numbers):
    import numba

    @numba.njit
    def add(points, values, radius):
        scale, square, inverse = 3 / (np.pi * radius * radius), radius * radius, 1 / (radius * radius)
        for point in range(points.shape[0]):
            x, y = points[point, 0], points[point, 1]
            left = max(0, int(np.ceil((x - radius) / CELL - 0.5)))
            right = min(GRID - 1, int(np.floor((x + radius) / CELL - 0.5)))
            low = max(0, int(np.ceil((y - radius) / CELL - 0.5)))
            high = min(GRID - 1, int(np.floor((y + radius) / CELL - 0.5)))
            for row in range(low, high + 1):
                dy = (row + 0.5) * CELL - y
                for column in range(left, right + 1):
                    dx = (column + 0.5) * CELL - x
                    away = dx * dx + dy * dy
                    if away < square:
                        left_over = 1 - away * inverse
                        values[row, column] += scale * left_over * left_over

    points = numbers.reshape(-1, 2)
    add(points[:9], np.zeros((GRID, GRID)), WIDTH)
    values = np.zeros((GRID, GRID))
    return values, lambda: add(points, values, WIDTH)


def gaussian(numbers):
    """Within six deviations, which leaves out 10⁻⁸ of each peak; the exponentials once a row and column."""
    import numba

    @numba.njit
    def add(points, values, deviation):
        scale, reach = 1 / (2 * np.pi * deviation * deviation), 6 * deviation
        across = np.empty(2 * int(np.ceil(reach / CELL)) + 3)
        for point in range(points.shape[0]):
            x, y = points[point, 0], points[point, 1]
            left = max(0, int(np.ceil((x - reach) / CELL - 0.5)))
            right = min(GRID - 1, int(np.floor((x + reach) / CELL - 0.5)))
            low = max(0, int(np.ceil((y - reach) / CELL - 0.5)))
            high = min(GRID - 1, int(np.floor((y + reach) / CELL - 0.5)))
            for column in range(left, right + 1):
                dx = (column + 0.5) * CELL - x
                across[column - left] = np.exp(-dx * dx / (2 * deviation * deviation))
            for row in range(low, high + 1):
                dy = (row + 0.5) * CELL - y
                factor = scale * np.exp(-dy * dy / (2 * deviation * deviation))
                for column in range(left, right + 1):
                    values[row, column] += factor * across[column - left]

    points = numbers.reshape(-1, 2)
    add(points[:9], np.zeros((GRID, GRID)), WIDTH)
    values = np.zeros((GRID, GRID))
    return values, lambda: add(points, values, WIDTH)


def star(numbers):
    from esda.getisord import G_Local
    from libpysal.weights import lat2W

    weights = lat2W(100, 100, rook=False)
    values = np.zeros(20_000)

    def run(draws=999):
        found = G_Local(numbers, weights, transform="B", permutations=draws, star=True, n_jobs=1, seed=1)
        values[:] = np.concatenate([found.Zs, found.p_sim])

    run(9)  # compiles
    return values, run


def moran(numbers):
    from esda.moran import Moran_Local
    from libpysal.weights import lat2W

    weights = lat2W(100, 100, rook=False)
    values = np.zeros(20_000)

    def run(draws=999):
        found = Moran_Local(numbers, weights, permutations=draws, n_jobs=1, seed=1)
        values[:] = np.concatenate([found.Is, found.p_sim])

    run(9)
    return values, run


def knox(numbers):
    """Near pairs once by a k-d tree, then the times dealt out over them."""
    from scipy.spatial import cKDTree

    events = numbers.reshape(-1, 3)
    values = np.zeros(6)

    def run():
        pairs = cKDTree(events[:, :2]).query_pairs(200.0, output_type="ndarray")
        days, random = events[:, 2], np.random.default_rng(1)

        def both(days):
            return int((np.abs(days[pairs[:, 0]] - days[pairs[:, 1]]) <= 14).sum())

        observed = both(days)
        made = np.array([both(days[random.permutation(len(days))]) for _ in range(999)])
        near = len(cKDTree(days[:, None]).query_pairs(14.0, output_type="ndarray"))
        values[:] = (len(pairs), near, observed, made.mean(), made.std(ddof=1), (1 + (made >= observed).sum()) / 1000)

    return values, run


def near_repeat(numbers):
    from scipy.spatial import cKDTree

    events = numbers.reshape(-1, 3)
    far, late = np.array([0, 0.1, 201, 401, 601]), np.array([0, 2, 3, 4, 15])
    values = np.zeros(48)

    def run():
        places, days = events[:, :2], events[:, 2].astype(int)
        pairs = cKDTree(places).query_pairs(far[-1], p=1, output_type="ndarray")
        apart = np.abs(places[pairs[:, 0]] - places[pairs[:, 1]]).sum(1)
        pairs, apart = pairs[apart < far[-1]], apart[apart < far[-1]]
        band, random = np.digitize(apart, far) - 1, np.random.default_rng(1)

        def table(days):
            gap = np.abs(days[pairs[:, 0]] - days[pairs[:, 1]])
            kept = gap < late[-1]
            return np.bincount(band[kept] * 4 + np.digitize(gap[kept], late) - 1, minlength=16)

        observed = table(days)
        made = np.array([table(random.permutation(days)) for _ in range(999)])
        values[:] = np.concatenate([observed, observed / made.mean(0), ((made >= observed).sum(0) + 1) / 1000])

    return values, run


def main():
    what, source, target = sys.argv[1:]
    kernels = {"quartic": quartic, "gaussian": gaussian, "star": star, "moran": moran, "knox": knox,
               "near-repeat": near_repeat}
    values, run = kernels[what](np.fromfile(source, "<f8"))
    started = time.process_time()
    run()
    seconds = time.process_time() - started
    values.astype("<f8").tofile(target)
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(json.dumps(dict(cpuSeconds=seconds, peakMegabytes=peak / 1024)))


if __name__ == "__main__":
    main()
