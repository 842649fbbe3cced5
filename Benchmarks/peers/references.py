#!/usr/bin/env python3
"""References for the tests out of other people's libraries, seeds fixed:

  python Benchmarks/peers/references.py rates Tests/StatisticsTests/References

wants what requirements.txt beside it names.
"""

import os
import sys

import numpy as np
import pandas as pd


def write(folder, name, frame):
    frame.to_csv(os.path.join(folder, name), index=False, float_format="%.15g")


def rates(folder):
    """Marshall's estimates by esda, intervals and funnel limits by scipy."""
    from esda.smoothing import Empirical_Bayes
    from scipy.stats import gamma, poisson

    random = np.random.default_rng(1991)
    x = np.round(np.exp(random.normal(6.5, 0.8, 40)))
    n = random.poisson(x * random.gamma(4, 0.01 / 4, 40))
    estimate = np.asarray(Empirical_Bayes(n.astype(float), x).r).ravel()
    m = n.sum() / x.sum()
    a = max(0, (x * (n / x - m) ** 2).sum() / x.sum() - m / x.mean())
    posterior = gamma(n + m * m / a, scale=1 / (x + m / a))
    frame = pd.DataFrame(dict(n=n, x=x, estimate=estimate, low=posterior.ppf(0.025), high=posterior.ppf(0.975)))
    for name, p in (("l95", 0.025), ("u95", 0.975), ("l998", 0.001), ("u998", 0.999)):
        k = poisson.ppf(p, m * x)
        frame[name] = np.maximum(0, k - (poisson.cdf(k, m * x) - p) / poisson.pmf(k, m * x))
    write(folder, "rates.csv", frame)


if __name__ == "__main__":
    {"rates": rates}[sys.argv[1]](sys.argv[2])
