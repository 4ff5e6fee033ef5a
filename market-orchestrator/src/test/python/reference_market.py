"""The market of MODEL.md written down once more, literally and slowly, in NumPy.

It shares no code with the Java implementation and serves as its oracle: run it to make the
reference runs that the tests compare with, bit for bit.

    python3 reference_market.py DIRECTORY
"""

import csv
import json
import pathlib
import sys

import numpy as np


def choose(choices, shares, prices, preferences, network_effect, active):
    """Buyers that are active take the first maximum of nothing (0) and all utilities."""
    utilities = preferences + network_effect * shares - prices
    with_nothing = np.concatenate((np.zeros((len(choices), 1)), utilities), axis=1)
    chosen = np.where(active, np.argmax(with_nothing, axis=1) - 1, choices)
    new_shares = np.zeros(len(shares))
    for seller in chosen:
        if seller >= 0:
            new_shares[seller] += 1.0 / len(choices)
    return chosen, new_shares


def run(J, rho, Nt, seed, sellers=10, buyers=5000, mu=0.5, sigma=1.0, unit_cost=0.0, cost_cap=None, noise=0.0,
        visibility=1.0):
    """Shares and prices (Nt, M), the sellers drawn and the last choices."""
    random = np.random.RandomState(seed)
    M, N = sellers, buyers
    cap = 0.8 / M if cost_cap is None else cost_cap
    preferences = random.normal(mu, sigma, (N, M))
    network_effect = J * M / np.sqrt(np.log(M / 2))
    threshold = 1 - rho * np.log(M) / M
    prices = np.zeros(M) + unit_cost
    shares = np.ones(M) / M
    choices = np.zeros(N, dtype=int)
    while True:
        before = choices
        choices, shares = choose(before, shares, prices, preferences, network_effect, np.ones(N, dtype=bool))
        if (choices == before).all():
            break
    all_shares, all_prices, drawn = [shares], [prices], []
    for _ in range(1, Nt):
        j = random.randint(0, M)
        drawn.append(j)
        active = random.rand(N) > threshold
        seen = np.where(random.rand(N) < visibility)[0]
        deviate = random.normal(0, 1)
        new_prices = prices.copy()
        if len(seen) > 0:
            utilities = preferences[seen] + network_effect * shares - prices
            rivals = [k for k in range(M) if k != j]
            premiums = np.sort(utilities[:, j] - np.maximum(utilities[:, rivals].max(axis=1), 0))
            premiums[0] -= 0.00001
            premiums = np.append(premiums, premiums[-1] + 0.00001)
            left = np.linspace(1, 0, len(seen) + 1)
            profit = left * (prices[j] + premiums) - unit_cost * np.minimum(left, cap)
            new_prices[j] = max(0, prices[j] + premiums[np.argmax(profit)] + noise * deviate)
        choices, shares = choose(choices, shares, new_prices, preferences, network_effect, active)
        prices = new_prices
        all_shares.append(shares)
        all_prices.append(prices)
    return np.array(all_shares), np.array(all_prices), drawn, choices


RUNS = {
    "three-sellers": dict(J=0.7, rho=1.1, Nt=200, seed=7, sellers=3, buyers=301),
    "thirty-sellers": dict(J=1.0, rho=0.8, Nt=200, seed=0, sellers=30, buyers=997),
    "one-buyer": dict(J=0.5, rho=0.8, Nt=60, seed=3, sellers=5, buyers=1),
    "nobody-seen": dict(J=1.0, rho=0.8, Nt=60, seed=11, sellers=10, buyers=200, visibility=0.0),
    "few-seen": dict(J=0.9, rho=2.0, Nt=120, seed=4294967295, sellers=10, buyers=400, visibility=0.01, noise=0.3),
    "costly": dict(J=0.8, rho=0.6, Nt=200, seed=12345, sellers=12, buyers=640, unit_cost=0.7, cost_cap=0.3, noise=0.1),
    "dear": dict(J=0.2, rho=0.8, Nt=80, seed=5, sellers=6, buyers=500, unit_cost=5.0, cost_cap=1.0),
    "everybody-active": dict(J=1.2, rho=10 / np.log(10), Nt=120, seed=99, sellers=10, buyers=500),
    "no-taste": dict(J=0.6, rho=0.8, Nt=60, seed=1, sellers=4, buyers=50, sigma=0.0),
    "dislike": dict(J=0.3, rho=0.8, Nt=80, seed=8, sellers=8, buyers=300, mu=-1.5, sigma=0.5, visibility=0.7),
}


def main(directory):
    for name, parameters in RUNS.items():
        shares, prices, drawn, choices = run(**parameters)
        folder = pathlib.Path(directory) / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "run.json").write_text(json.dumps({k: float(v) if isinstance(v, float) else v for k, v in parameters.items()}, indent=1) + "\n")
        for file, rows in (("q.csv", shares), ("p.csv", prices)):
            with open(folder / file, "w", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([[repr(float(v)) for v in row] for row in rows])
        (folder / "sellers.csv").write_text("".join(f"{seller}\n" for seller in drawn))
        (folder / "x_last.csv").write_text("".join(f"{seller}\n" for seller in choices))


if __name__ == "__main__":
    main(sys.argv[1])
