#!/usr/bin/env python3
"""Writes the lines of facts that PricePromptTest expects, computed by NumPy 2 and Python's decimal numbers.

    python3 seller-agent/src/test/python/price_prompt.py

One situation a line, as JSON: the situation, with hexadecimal floating-point numbers, and every line of the prompt that
states a fact.
"""
import json
import pathlib
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

TARGET = pathlib.Path(__file__).parents[1] / "resources/org/interregnum/seller/llm/price-prompts.jsonl"


def two(value):
    text = str(Decimal(float(value)).quantize(Decimal("0.01"), ROUND_HALF_EVEN))
    return "0.00" if text == "-0.00" else text


def facts(seller, prices, shares, premiums, research):
    lines = [
        f"Your price: {two(prices[seller])}",
        f"Your market share: {two(shares[seller])}",
        f"Buyers seen by the research: {len(premiums)}",
    ]
    if research and len(premiums) > 0:
        counts, edges = np.histogram(premiums, bins=20)
        lines += [
            f"Mean: {two(np.mean(premiums))}",
            f"Median: {two(np.median(premiums))}",
            f"Standard deviation: {two(np.std(premiums))}",
            f"Minimum: {two(np.min(premiums))}",
            f"Maximum: {two(np.max(premiums))}",
            f"25th percentile: {two(np.percentile(premiums, 25))}",
            f"75th percentile: {two(np.percentile(premiums, 75))}",
        ]
        for i, count in enumerate(counts):
            lines.append(f"[{two(edges[i])}, {two(edges[i + 1])}{']' if i == 19 else ')'}: {count}")
    for rival in range(len(prices)):
        if rival != seller:
            lines.append(f"Seller {rival}: price {two(prices[rival])}, market share {two(shares[rival])}")
    return lines


def situations():
    random = np.random.RandomState(11)
    for number in range(12):
        sellers = int(random.randint(3, 13))
        buyers = (0, 1, 2, 50, 100, 300)[number % 6]
        yield (
            int(random.randint(0, sellers)),
            np.abs(random.normal(0, 1, sellers)),
            random.dirichlet(np.ones(sellers)),
            random.normal(-0.5, 1, buyers),
            number != 5,
        )
    # Ties of rounding, and what would print as a negative zero.
    yield 0, np.array([0.125, 0.005, 2.675, 0.375]), np.array([0.135, 0.045, 0.0, 1.0]), np.array([-0.001] * 3), True


if __name__ == "__main__":
    with open(TARGET, "w", encoding="utf-8") as target:
        for seller, prices, shares, premiums, research in situations():
            line = {
                "seller": seller,
                "prices": [float(x).hex() for x in prices],
                "shares": [float(x).hex() for x in shares],
                "premiums": [float(x).hex() for x in premiums],
                "research": research,
                "facts": facts(seller, prices, shares, premiums, research),
            }
            target.write(json.dumps(line, separators=(",", ":")) + "\n")
