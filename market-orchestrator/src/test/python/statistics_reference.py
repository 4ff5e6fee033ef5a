"""Values that the statistics are compared with, computed by SciPy and by enumeration.

    python3 statistics_reference.py > ../resources/statistics.csv

Needs NumPy and SciPy (1.17.1 was used). A line is: name, value.
"""

import itertools

import numpy as np
from scipy import stats

SKEWED = [0.12, 0.31, 0.18, 0.95, 0.22]
DIFFERENCES = [0.21, -0.04, 0.33, 0.10, 0.0, 0.17, -0.02]
GROUPS = [[2.1, 2.5, 1.9], [3.4, 3.1, 3.9], [2.8, 2.2, 2.6], [4.0, 3.6, 3.3]]
UNEQUAL = [[2.1, 2.5], [3.4, 3.1, 3.9, 3.6], [2.8], [4.0, 3.6, 3.3]]


def line(name, value):
    print(f"{name},{float(value)!r}")


def expanded_percentile(values, confidence):
    """All resamples there are, each as likely, instead of a drawn part of them."""
    n = len(values)
    t = stats.t.ppf(1 - (1 - confidence) / 2, n - 1)
    tail = stats.norm.cdf(-np.sqrt(n / (n - 1)) * t)
    means = [np.mean(drawn) for drawn in itertools.product(values, repeat=n)]
    return tail, np.quantile(means, tail), np.quantile(means, 1 - tail)


def rank_biserial(differences):
    some = np.array([d for d in differences if d != 0])
    ranks = stats.rankdata(np.abs(some))
    return (ranks[some > 0].sum() - ranks[some < 0].sum()) / ranks.sum()


def components(name, groups, confidence):
    """By the sums of squares, not by a routine for the analysis of variance."""
    n = np.array([len(group) for group in groups])
    total, k = n.sum(), len(groups)
    means = np.array([np.mean(group) for group in groups])
    grand = np.concatenate(groups).mean()
    msb = (n * (means - grand) ** 2).sum() / (k - 1)
    msw = sum(((np.array(group) - np.mean(group)) ** 2).sum() for group in groups) / (total - k)
    n0 = (total - (n**2).sum() / total) / (k - 1)
    assert np.isclose(msb / msw, stats.f_oneway(*groups).statistic)
    a = (1 - confidence) / 2
    line(f"{name}_between_runs", msw)
    line(f"{name}_between_runs_low", (total - k) * msw / stats.chi2.isf(a, total - k))
    line(f"{name}_between_runs_high", (total - k) * msw / stats.chi2.ppf(a, total - k))
    line(f"{name}_between_seeds", (msb - msw) / n0)
    h = a / 2
    f = msb / msw
    ssb = (k - 1) * msb
    low = ssb * (1 - stats.f.isf(h, k - 1, total - k) / f) / (n0 * stats.chi2.isf(h, k - 1))
    high = ssb * (1 - stats.f.ppf(h, k - 1, total - k) / f) / (n0 * stats.chi2.ppf(h, k - 1))
    line(f"{name}_between_seeds_low", max(0, low))
    line(f"{name}_between_seeds_high", high)


tail, low, high = expanded_percentile(SKEWED, 0.95)
line("expanded_tail_5_seeds", tail)
line("skewed_low", low)
line("skewed_high", high)
flipped = stats.permutation_test((DIFFERENCES,), np.mean, permutation_type="samples", n_resamples=np.inf)
line("sign_flip_p", flipped.pvalue)
line("d_z", np.mean(DIFFERENCES) / np.std(DIFFERENCES, ddof=1))
line("rank_biserial", rank_biserial(DIFFERENCES))
components("equal", GROUPS, 0.95)
components("unequal", UNEQUAL, 0.9)
