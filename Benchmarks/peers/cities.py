"""Made-up events for the kernels and their peers: 60 % anywhere in 20.48 km squared, 40 % in forty clusters."""

import numpy as np

SIDE = 20_480.0


def points(count, seed):
    random = np.random.default_rng(seed)
    centres, spreads = random.uniform(0, SIDE, (40, 2)), random.uniform(150, 600, 40)
    clustered = random.random(count) < 0.4
    places, which = random.uniform(0, SIDE, (count, 2)), random.integers(0, 40, count)
    near = centres[which] + random.normal(size=(count, 2)) * spreads[which, None]
    places[clustered] = near[clustered]
    places = np.abs(places)
    places = np.where(places > SIDE, 2 * SIDE - places, places)
    return np.clip(places, 0, np.nextafter(SIDE, 0))


def near_repeats():
    """18,000 events in two years, and 2,000 that follow one of them near by and soon: x, y, day."""
    random = np.random.default_rng(777)
    places, days = points(18_000, 777), random.uniform(0, 730, 18_000)
    first = random.choice(18_000, 2_000, replace=False)
    follow = places[first] + random.normal(size=(2_000, 2)) * 60
    later = days[first] + random.uniform(0, 14, 2_000)
    return np.column_stack([np.concatenate([places, follow]), np.concatenate([days, later])])


def counts():
    """100,000 points in 100 × 100 cells."""
    places = points(100_000, 12_345)
    return np.histogram2d(places[:, 1], places[:, 0], bins=100, range=[[0, SIDE], [0, SIDE]])[0].ravel()


def series():
    """200 series of 320 weeks with season, trend, more variance than Poisson's and an outbreak each."""
    random = np.random.default_rng(2013)
    weeks = np.arange(320)
    level, phase = np.exp(random.uniform(-0.5, 4, 200)), random.uniform(0, 6, 200)
    trend = random.choice([0, 0, 0.002, -0.001], 200)
    mean = level[:, None] * np.exp(0.4 * np.sin(2 * np.pi * weeks / 52 + phase[:, None]) + trend[:, None] * weeks)
    rows = random.negative_binomial(mean, 0.6)
    for row, start in zip(rows, random.integers(60, 315, 200)):
        row[start:start + 4] += np.ceil(3 * np.sqrt(row.mean()) + 3).astype(int)
    return rows.astype(float).ravel()
