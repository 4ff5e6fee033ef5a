"""The market of MODEL.md written down once more, literally and slowly, in NumPy.

It shares no code with the Java implementation and serves as its oracle: run it to make the
reference runs that the tests compare with, bit for bit (prices of the Philox run: see README.md).

    python3 reference_market.py DIRECTORY
"""

import csv
import json
import math
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


class NumpyDraws:
    """The draws of the published code: one Mersenne Twister, asked in its order."""

    def __init__(self, seed):
        self.random = np.random.RandomState(seed)

    def preferences(self, N, M, mu, sigma):
        return self.random.normal(mu, sigma, (N, M))

    def step(self, number, N, M, rho, visibility):
        """Seller, who is active, who is seen, normal deviate."""
        j = self.random.randint(0, M)
        active = self.random.rand(N) > 1 - rho * np.log(M) / M
        seen = self.random.rand(N) < visibility
        return j, active, seen, self.random.normal(0, 1)


class PhiloxDraws:
    """Draws from counters, as the Javadoc of PhiloxRandom defines them, with the words of NumPy's Philox."""

    PREFERENCES, STEP, ACTIVITY, VISIBILITY = 1, 2, 3, 4

    def __init__(self, seed):
        self.seed = seed

    def words(self, step, purpose, blocks):
        """The words of the indices 0, 1, … blocks − 1 in a row."""
        words = []
        for index in range(blocks):
            # NumPy adds 1 to the counter before it computes anything.
            counter = ((index | step << 64 | purpose << 128) - 1) % (1 << 256)
            counter = [counter >> 64 * part & (1 << 64) - 1 for part in range(4)]
            philox = np.random.Philox(counter=np.array(counter, dtype=np.uint64),
                                      key=np.array([self.seed, 0], dtype=np.uint64))
            words.extend(int(word) for word in philox.random_raw(4))
        return words

    @staticmethod
    def normals(first, second):
        """Box and Muller, with Python's mathematics; a word's upper 53 bits make a number in [0, 1)."""
        radius = math.sqrt(-2 * math.log(1 - (first >> 11) / 2 ** 53))
        angle = 2 * math.pi * ((second >> 11) / 2 ** 53)
        return radius * math.cos(angle), radius * math.sin(angle)

    def preferences(self, N, M, mu, sigma):
        words = self.words(0, self.PREFERENCES, -(-N * M // 4))
        normals = [normal for at in range(0, len(words), 2) for normal in self.normals(words[at], words[at + 1])]
        return mu + sigma * np.array(normals[:N * M]).reshape(N, M)

    def selected(self, number, purpose, N, probability):
        halves = []
        for word in self.words(number, purpose, -(-N // 8)):
            halves += [word & 0xFFFFFFFF, word >> 32]
        return np.array([half < probability * 2 ** 32 for half in halves[:N]])

    def step(self, number, N, M, rho, visibility):
        """Seller, who is active, who is seen, normal deviate."""
        words = self.words(number, self.STEP, 1)
        j = words[0] * M >> 64
        active = self.selected(number, self.ACTIVITY, N, rho * math.log(M) / M)
        seen = self.selected(number, self.VISIBILITY, N, visibility)
        return j, active, seen, self.normals(words[2], words[3])[0]


GENERATORS = {"numpy": NumpyDraws, "philox": PhiloxDraws}


def run(J, rho, Nt, seed, sellers=10, buyers=5000, mu=0.5, sigma=1.0, unit_cost=0.0, cost_cap=None, noise=0.0,
        visibility=1.0, generator="numpy"):
    """Shares and prices (Nt, M), the sellers drawn and the last choices."""
    random = GENERATORS[generator](seed)
    M, N = sellers, buyers
    cap = 0.8 / M if cost_cap is None else cost_cap
    preferences = random.preferences(N, M, mu, sigma)
    network_effect = J * M / np.sqrt(np.log(M / 2))
    prices = np.zeros(M) + unit_cost
    shares = np.ones(M) / M
    choices = np.zeros(N, dtype=int)
    while True:
        before = choices
        choices, shares = choose(before, shares, prices, preferences, network_effect, np.ones(N, dtype=bool))
        if (choices == before).all():
            break
    all_shares, all_prices, drawn = [shares], [prices], []
    for step in range(1, Nt):
        j, active, is_seen, deviate = random.step(step, N, M, rho, visibility)
        drawn.append(j)
        seen = np.where(is_seen)[0]
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
    "philox": dict(J=0.9, rho=0.8, Nt=60, seed=42, sellers=10, buyers=300, visibility=0.5, noise=0.1,
                   generator="philox"),
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
