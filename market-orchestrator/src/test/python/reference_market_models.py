"""Markets with models of MODEL.md written down once more, in NumPy, with answers that are fixed.

It shares no code with the Java implementation. Models are asked one after the other, and the k-th question of a run, of
whatever kind, is answered by the k-th line of answers.csv. Sellers come before buyers; buyers come one by one in
ascending order, each asked for its impression of its seller, if it has one, and then for its choice.

    python3 reference_market_models.py DIRECTORY
"""

import csv
import json
import pathlib
import sys
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from reference_market import choose

WORDS = ["terrible", "bad", "neutral", "good", "excellent"]

# As they stand in the answers: floored at 0, and read to the last bit.
PRICES = ["0.30000000000000004", "-0.4", "1e-17", "3.0000000000000004", "0", "-1e-300", "0.1", "2.5E-1", "-0.0",
          "0.99999999999999994448884876874217", "1", "4.9e-324", "0.7000000000000000001", "12.000000000000002"]


def two(value):
    text = str(Decimal(float(value)).quantize(Decimal("0.01"), ROUND_HALF_EVEN))
    return "0.00" if text == "-0.00" else text


def seller_line(seller, prices, shares):
    return f"Seller {seller}: price {two(prices[seller])}, market share {two(shares[seller])}"


def price_facts(j, prices, shares, premiums, unit_cost, cap):
    lines = [f"Your price: {two(prices[j])}", f"Your market share: {two(shares[j])}"]
    if unit_cost > 0:
        lines.append(f"Your cost: {two(unit_cost)} times your market share."
                     f" It stops growing at a market share of {two(cap)}.")
    lines.append(f"Buyers seen by the research: {len(premiums)}")
    if len(premiums) > 0:
        lines += [f"{name}: {two(value)}" for name, value in (
            ("Mean", np.mean(premiums)), ("Median", np.median(premiums)), ("Standard deviation", np.std(premiums)),
            ("Minimum", np.min(premiums)), ("Maximum", np.max(premiums)),
            ("25th percentile", np.percentile(premiums, 25)), ("75th percentile", np.percentile(premiums, 75)))]
        counts, edges = np.histogram(premiums, bins=20)
        lines += [f"[{two(edges[i])}, {two(edges[i + 1])}{']' if i == 19 else ')'}: {counts[i]}" for i in range(20)]
    return lines + [seller_line(k, prices, shares) for k in range(len(prices)) if k != j]


def impression_facts(seller, prices, shares, word):
    own = f"Your seller: {seller_line(seller, prices, shares)}, impression {word}"
    return [own] + [seller_line(k, prices, shares) for k in range(len(prices)) if k != seller]


def choice_facts(prices, shares, levels):
    return [f"{seller_line(k, prices, shares)}, impression {WORDS[levels[k]]}" for k in range(len(prices))]


class Answers:
    """The fixed list, and what the questions told."""

    def __init__(self, seed, sellers):
        self.random = np.random.RandomState(seed)
        self.sellers = sellers
        self.given = []
        self.told = []

    def next(self, kind, facts):
        price = PRICES[self.random.randint(len(PRICES))] if self.random.rand() < 0.5 else repr(float(self.random.rand()))
        line = {"price": price, "impression": int(self.random.randint(5)),
                "seller": int(self.random.randint(self.sellers + 1)) - 1}
        self.given.append(line)
        self.told.append({"kind": kind, "facts": facts})
        return line


def run(J, rho, Nt, seed, num_sellers, num_buyers, model_sellers=(), ratio=0.0, every_step=False, mu=0.5, sigma=1.0,
        unit_cost=0.0, noise=0.0, visibility=1.0):
    random = np.random.RandomState(seed)
    M, N = num_sellers, num_buyers
    cap = 0.8 / M
    preferences = random.normal(mu, sigma, (N, M))
    network_effect = J * M / np.sqrt(np.log(M / 2))
    is_model = np.zeros(N, dtype=bool)
    if ratio > 0:
        is_model[np.random.default_rng(seed).choice(N, int(N * ratio), replace=False)] = True
    # Terrible, bad, neutral, good or excellent: how many of the four thresholds the preference reaches.
    levels = sum((preferences >= mu + factor * sigma).astype(int) for factor in (-1.5, -0.5, 0.5, 1.5))
    answers = Answers(seed + 1, M)

    prices = np.zeros(M) + unit_cost
    shares = np.ones(M) / M
    choices = np.zeros(N, dtype=int)
    while True:
        before = choices
        choices, shares = choose(before, shares, prices, preferences, network_effect, np.ones(N, dtype=bool))
        if (choices == before).all():
            break
    all_shares, all_prices, all_choices, drawn = [shares], [prices], [choices], []
    for _ in range(1, Nt):
        j = random.randint(0, M)
        active = random.rand(N) > 1 - rho * np.log(M) / M
        seen = np.where(random.rand(N) < visibility)[0]
        # Only a seller that follows the rule makes the generator draw its noise.
        deviate = None if j in model_sellers else random.normal(0, 1)
        drawn.append(j)
        utilities = preferences[seen] + network_effect * shares - prices
        rivals = [k for k in range(M) if k != j]
        premiums = utilities[:, j] - np.maximum(utilities[:, rivals].max(axis=1), 0)
        new_prices = prices.copy()
        if j in model_sellers:
            answer = answers.next("price", price_facts(j, prices, shares, premiums, unit_cost, cap))
            new_prices[j] = max(0.0, float(answer["price"]))
        elif len(seen) > 0:
            premiums = np.sort(premiums)
            premiums[0] -= 0.00001
            premiums = np.append(premiums, premiums[-1] + 0.00001)
            left = np.linspace(1, 0, len(seen) + 1)
            profit = left * (prices[j] + premiums) - unit_cost * np.minimum(left, cap)
            new_prices[j] = max(0, prices[j] + premiums[np.argmax(profit)] + noise * deviate)
        # All see the old shares, buyers that are models too.
        chosen, _ = choose(choices, shares, new_prices, preferences, network_effect, active & ~is_model)
        for buyer in np.where(is_model if every_step else is_model & active)[0]:
            current = choices[buyer]
            if current >= 0:
                word = WORDS[levels[buyer, current]]
                answer = answers.next("impression", impression_facts(current, new_prices, shares, word))
                levels[buyer, current] = answer["impression"]
            chosen[buyer] = answers.next("choice", choice_facts(new_prices, shares, levels[buyer]))["seller"]
        choices = chosen
        shares = np.zeros(M)
        for seller in choices:
            if seller >= 0:
                shares[seller] += 1.0 / N
        prices = new_prices
        all_shares.append(shares)
        all_prices.append(prices)
        all_choices.append(choices)
    return all_shares, all_prices, all_choices, drawn, levels[is_model], answers


RUNS = {
    "models-sell": dict(J=1.0, rho=0.8, Nt=80, seed=42, num_sellers=10, num_buyers=200, model_sellers=range(10),
                        noise=0.3, visibility=0.5, unit_cost=0.25),
    "models-and-rules-sell": dict(J=0.9, rho=0.8, Nt=100, seed=7, num_sellers=10, num_buyers=150,
                                  model_sellers=range(5), noise=0.3, visibility=0.6),
    "models-sell-and-see-few": dict(J=0.6, rho=1.1, Nt=60, seed=3, num_sellers=4, num_buyers=120,
                                    model_sellers=range(1, 3), noise=0.1, visibility=0.01),
    "models-buy": dict(J=0.8, rho=0.8, Nt=26, seed=42, num_sellers=5, num_buyers=100, ratio=1.0, noise=0.2),
    "half-of-buyers-are-models": dict(J=0.8, rho=1.2, Nt=30, seed=12, num_sellers=4, num_buyers=61, ratio=0.5,
                                      noise=0.2, visibility=0.7),
    "half-of-buyers-act-every-step": dict(J=0.8, rho=1.2, Nt=14, seed=12, num_sellers=4, num_buyers=61, ratio=0.5,
                                          every_step=True, noise=0.2, visibility=0.7),
    "models-on-both-sides": dict(J=0.7, rho=0.9, Nt=40, seed=5, num_sellers=6, num_buyers=50, ratio=0.3,
                                 model_sellers=range(3, 6), noise=0.15, visibility=0.8, mu=0.2, sigma=0.6),
}


def run_file(parameters):
    """The run as the command reads it."""
    lines = []
    for key, value in parameters.items():
        if key == "model_sellers":
            everybody = len(value) == parameters["num_sellers"]
            lines.append("sellers: llm" if everybody else f"sellers:\n  - range: {value[0]}-{value[-1]}")
        elif key == "ratio":
            lines.append(f"buyers: llm\nratio: {value}")
        elif key == "every_step":
            lines.append("llm-activation: every-step")
        else:
            lines.append(f"{key.replace('_', '-')}: {value}")
    return "\n".join(lines) + "\n"


def main(directory):
    for name, parameters in RUNS.items():
        shares, prices, choices, drawn, levels, answers = run(**parameters)
        folder = pathlib.Path(directory) / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "run.yaml").write_text(run_file(parameters))
        for file, rows in (("q.csv", shares), ("p.csv", prices)):
            with open(folder / file, "w", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([[repr(float(v)) for v in row] for row in rows])
        (folder / "x.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in choices))
        (folder / "sellers.csv").write_text("".join(f"{seller}\n" for seller in drawn))
        (folder / "impressions.csv").write_text("".join(",".join(WORDS[v] for v in row) + "\n" for row in levels))
        (folder / "answers.csv").write_text("".join(
            f"{line['price']},{WORDS[line['impression']]},{line['seller']}\n" for line in answers.given))
        last = len(answers.told) - 1
        with open(folder / "told.jsonl", "w") as out:
            for number, told in enumerate(answers.told):
                # Some of them: the first, the last, and pairs of an impression and a choice in between.
                if number % max(5, last // 12) < 2 or number == last:
                    out.write(json.dumps({"question": number, **told}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
