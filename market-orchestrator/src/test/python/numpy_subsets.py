"""Subsets drawn by NumPy's newer generator, for NumpySubsetTest to compare with.

    python3 numpy_subsets.py > ../resources/numpy-subsets.csv

A line: seed, population, size, CRC-32 of the subset as sorted little-endian 32-bit integers, and
the subset's first three and last three numbers, or all of a subset of at most twelve.
"""

import zlib

import numpy as np

SEEDS = (0, 1, 42, 123456789, 2**32 - 1)
POPULATIONS = (1, 2, 10, 100, 5000, 10000, 10001, 50000, 1000000)


def sizes(population):
    """Nothing, little, much, all, and both sides of where NumPy changes its method."""
    wanted = {0, 1, population // 50, population // 50 + 1, population // 2, population - 1, population}
    return sorted(wanted)


print("# made by src/test/python/numpy_subsets.py with NumPy", np.__version__)
print("seed,population,size,crc32,numbers")
for seed in SEEDS:
    for population in POPULATIONS:
        for size in sizes(population):
            drawn = np.random.default_rng(seed).choice(population, size=size, replace=False)
            drawn = np.sort(drawn)
            shown = drawn if size <= 12 else np.concatenate((drawn[:3], drawn[-3:]))
            checksum = zlib.crc32(drawn.astype("<i4").tobytes())
            print(seed, population, size, checksum, " ".join(map(str, shown)), sep=",")
