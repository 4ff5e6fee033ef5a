"""The market of MODEL.md as the published code computes it: every buyer by itself, in a loop of Python.

It is what sweeps are compared with in docs/performance.md. With --check it runs the recorded runs in a folder first
and tells whether shares and prices are equal to them in every bit, so that what is timed is that computation.

    python3 looped_market.py [--check FOLDER_OF_RECORDED_RUNS] [--buyers N] [--points NT] J:RHO ...
"""

import argparse
import csv
import json
import pathlib
import time

import numpy as np


def best_choice(utilities):
    """The first maximum of nothing (0) and all utilities; -1 is nothing."""
    best, seller = 0.0, -1
    for k, utility in enumerate(utilities):
        if utility > best:
            best, seller = utility, k
    return seller


def shares_of(choices, sellers):
    shares = np.zeros(sellers)
    for seller in choices:
        if seller >= 0:
            shares[seller] += 1.0 / len(choices)
    return shares


def premium(utilities, j):
    """How much dearer seller j could be and keep the buyer, or how much cheaper it must be to win it."""
    rivals = np.delete(utilities, j)
    return utilities[j] - max(0.0, rivals.max())


def run(J, rho, Nt, seed=42, sellers=10, buyers=5000, unit_cost=0.0, noise=0.0, visibility=1.0):
    """Shares and prices, (Nt, M), and the seconds that the steps took."""
    random = np.random.RandomState(seed)
    M, N = sellers, buyers
    u = random.normal(0.5, 1.0, (N, M))
    network_effect = J * M / np.sqrt(np.log(M / 2))
    p = np.zeros(M) + unit_cost
    q = np.ones(M) / M
    x = [0] * N
    while True:
        before = list(x)
        for i in range(N):
            x[i] = best_choice(u[i] + network_effect * q - p)
        q = shares_of(x, M)
        if x == before:
            break
    all_shares, all_prices = [q], [p]
    begin = time.process_time()
    for _ in range(1, Nt):
        j = random.randint(0, M)
        active = random.rand(N) > 1 - rho * np.log(M) / M
        seen = random.rand(N) < visibility
        deviate = random.normal(0, 1)
        premiums = []
        for i in range(N):
            if seen[i]:
                premiums.append(premium(u[i] + network_effect * q - p, j))
        new_p = p.copy()
        if premiums:
            premiums = np.sort(premiums)
            premiums[0] -= 0.00001
            premiums = np.append(premiums, premiums[-1] + 0.00001)
            left = np.linspace(1, 0, len(premiums))
            profit = left * (p[j] + premiums) - unit_cost * np.minimum(left, 0.8 / M)
            new_p[j] = max(0, p[j] + premiums[np.argmax(profit)] + noise * deviate)
        for i in range(N):
            if active[i]:
                x[i] = best_choice(u[i] + network_effect * q - new_p)
        q, p = shares_of(x, M), new_p
        all_shares.append(q)
        all_prices.append(p)
    return np.array(all_shares), np.array(all_prices), time.process_time() - begin


def check(folder):
    """Whether a recorded run comes out again."""
    parameters = json.loads((folder / "run.json").read_text())
    parameters.pop("wall_s", None)
    shares, prices, _ = run(**parameters)
    for name, array in (("q.csv", shares), ("p.csv", prices)):
        with open(folder / name) as file:
            recorded = np.array([[float(value) for value in row] for row in csv.reader(file)])
        if not np.array_equal(recorded, array):
            raise SystemExit(f"{folder.name}: {name} differs")
    print(f"{folder.name}: equal in every bit", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=pathlib.Path)
    parser.add_argument("--buyers", type=int, default=1000)
    parser.add_argument("--points", type=int, default=201)
    parser.add_argument("cells", nargs="*", help="network effect and update rate, such as 1.05:0.8")
    options = parser.parse_args()
    for folder in sorted(options.check.iterdir()) if options.check else []:
        if folder.is_dir():
            check(folder)
    for cell in options.cells:
        J, rho = (float(value) for value in cell.split(":"))
        seconds = run(J, rho, options.points, buyers=options.buyers)[2]
        print(f"J {J}, rho {rho}: {1e6 * seconds / (options.points - 1):.0f} microseconds of processor time a step", flush=True)


if __name__ == "__main__":
    main()
