#!/usr/bin/env python3
"""Writes the reference values of PremiumStatisticsTest, computed by NumPy 2.

    python3 seller-agent/src/test/python/premium_statistics.py

One case a line, as JSON. Numbers are hexadecimal floating-point, which Java and Python read exactly.
"""
import json
import pathlib

import numpy as np

TARGET = pathlib.Path(__file__).parents[1] / "resources/org/interregnum/seller/llm/premium-statistics.jsonl"


def cases():
    random = np.random.RandomState(7)
    yield "one", np.array([0.3])
    yield "two", np.array([-0.5, 0.25])
    yield "three", np.array([1.0, -2.0, 0.125])
    yield "all equal", np.full(17, 0.7)
    yield "all zero", np.zeros(5)
    yield "all equal and negative", np.full(3, -1e-9)
    yield "signed zeros", np.array([-0.0, 0.0, 0.0, -0.0])
    yield "unit steps", np.arange(21.0)
    yield "integers on edges", np.repeat(np.arange(-10.0, 11.0), 3)
    yield "tenths", np.array([k / 10 for k in range(-13, 28)])
    yield "twentieths", np.array([k * 0.05 for k in range(0, 61)])
    yield "hundredths", np.array([k / 100 for k in range(-137, 264)])
    for number in range(12):
        low, high = np.sort(random.normal(0, 2, 2))
        edges = np.linspace(low, high, 21)
        yield f"edges and neighbours {number}", np.concatenate(
            [edges, np.nextafter(edges[1:], -np.inf), np.nextafter(edges[:-1], np.inf)]
        )
    for number in range(4):
        yield f"thirds and sevenths {number}", random.randint(-70, 70, 150) / (3.0, 7.0, 9.0, 11.0)[number]
    yield "denormal", np.array([k * 5e-324 for k in (0, 40, 60, 100, 400)])
    yield "small range far away", 1e6 + random.randint(0, 1000, 60) * 1e-7
    yield "large", random.normal(0, 1e150, 50)
    yield "one far away", np.append(random.normal(0, 1e-3, 50), 1e6)
    yield "cancelling", np.array([1e15, 1.0, -1e15, 0.25, 3.0])
    yield "normal, 20", random.normal(-1, 1, 20)
    yield "normal, 401", random.normal(-1, 1, 401)
    yield "rounded", np.round(random.normal(-1, 1, 300), 1)


def hexadecimal(values):
    return [float(value).hex() for value in values]


def reference(name, values):
    counts, edges = np.histogram(values, bins=20)
    return {
        "name": name,
        "premiums": hexadecimal(values),
        "mean": float(np.mean(values)).hex(),
        "median": float(np.median(values)).hex(),
        "standardDeviation": float(np.std(values)).hex(),
        "minimum": float(np.min(values)).hex(),
        "maximum": float(np.max(values)).hex(),
        "percentile25": float(np.percentile(values, 25)).hex(),
        "percentile75": float(np.percentile(values, 75)).hex(),
        "edges": hexadecimal(edges),
        "bins": counts.tolist(),
    }


if __name__ == "__main__":
    with open(TARGET, "w", encoding="utf-8") as target:
        for name, values in cases():
            target.write(json.dumps(reference(name, values), separators=(",", ":")) + "\n")
