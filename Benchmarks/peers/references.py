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


def local(folder):
    """Gi* and local Moran by esda, on 8 rows of 15 cells."""
    from esda.getisord import G_Local
    from esda.moran import Moran_Local
    from libpysal.weights import lat2W

    counts = np.random.default_rng(1995).negative_binomial(2, 0.3, 120).astype(float)
    weights = lat2W(8, 15, rook=False)
    star = G_Local(counts, weights, transform="B", permutations=0, star=True).Zs
    write(folder, "local.csv", pd.DataFrame(dict(
        count=counts, star=star, moran=Moran_Local(counts, lat2W(8, 15, rook=False), permutations=0).Is)))


def effects(folder):
    """Two-way fixed effects by linearmodels, Poisson's by statsmodels, an interrupted series, a mixture by scipy."""
    import statsmodels.api as sm
    from linearmodels.panel import PanelOLS
    from scipy.optimize import minimize

    random = np.random.default_rng(2020)
    places, periods = 30, 12
    start = random.integers(5, 30, places)
    t, level = np.arange(periods), random.normal(1.5, 0.7, places)
    treated = t[None, :] >= start[:, None]
    y = random.poisson(np.exp(level[:, None] + 0.03 * t[None, :] - 0.3 * treated))
    y[3] = 0
    panel = pd.DataFrame(dict(place=np.repeat(np.arange(places), periods), period=np.tile(t, places), y=y.ravel(),
                              treated=treated.ravel().astype(int)))
    write(folder, "panel.csv", panel)
    indexed = panel.set_index(["place", "period"])
    linear = PanelOLS(indexed.y, indexed[["treated"]], entity_effects=True, time_effects=True)
    clustered, plain = linear.fit(cov_type="clustered", cluster_entity=True), linear.fit()
    some = panel[panel.place != 3]
    design = pd.get_dummies(some[["place", "period"]].astype(str), drop_first=True, dtype=float)
    design.insert(0, "treated", some.treated)
    poisson = sm.GLM(some.y, sm.add_constant(design), family=sm.families.Poisson()).fit(tol=1e-12, maxiter=200)
    robust = sm.GLM(some.y, sm.add_constant(design), family=sm.families.Poisson()).fit(
        tol=1e-12, maxiter=200, cov_type="cluster", cov_kwds=dict(groups=some.place, use_correction=False))

    weeks = np.arange(160)
    mean = np.exp(3 + 0.002 * weeks + 0.3 * np.sin(2 * np.pi * weeks / 52) - 0.25 * (weeks >= 100))
    series = random.negative_binomial(20, 20 / (20 + mean))
    write(folder, "series.csv", pd.DataFrame(dict(y=series)))
    x = [np.ones(160), weeks, weeks >= 100, np.maximum(0, weeks - 100)]
    for harmonic in (1, 2):
        x += [np.sin(2 * np.pi * harmonic * weeks / 52), np.cos(2 * np.pi * harmonic * weeks / 52)]
    segmented = sm.GLM(series, np.column_stack(x).astype(float), family=sm.families.Poisson()).fit(
        tol=1e-13, cov_type="HAC", cov_kwds=dict(maxlags=4, use_correction=True))
    write(folder, "effects.csv", pd.DataFrame(dict(
        linear=[linear.fit().params.treated, clustered.std_errors.treated, plain.std_errors.treated],
        poisson=[poisson.params.treated, robust.bse.treated, poisson.bse.treated],
        level=[segmented.params[2], segmented.bse[2], segmented.pearson_chi2 / (160 - 8)],
        slope=[segmented.params[3], segmented.bse[3], 0])))

    rows = random.gamma(3, 2, (9, 20))
    rows[0, :14] = 0.5 * rows[1, :14] + 0.3 * rows[4, :14] + 0.2 * rows[7, :14] + random.normal(0, 0.3, 14)
    gaps = rows[1:, :14] - rows[0, :14]
    gram = gaps @ gaps.T + 1e-6 * (gaps**2).sum() / 8 * np.eye(8)
    best = minimize(lambda w: w @ gram @ w, np.full(8, 1 / 8), jac=lambda w: 2 * gram @ w, bounds=[(0, 1)] * 8,
                    constraints=dict(type="eq", fun=lambda w: w.sum() - 1, jac=lambda w: np.ones(8)), method="SLSQP",
                    options=dict(ftol=1e-15, maxiter=1000))
    write(folder, "mixture.csv", pd.DataFrame(np.column_stack([rows, np.r_[0, best.x]])))


if __name__ == "__main__":
    {"local": local, "rates": rates, "effects": effects}[sys.argv[1]](sys.argv[2])
