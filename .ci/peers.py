"""The peers of .ci/bench-peers: numpy and scipy over the BLAS they find. Prints lines
like those of go test -bench; with --table, reads such lines and prints the least and
the median of each."""

import collections
import statistics
import sys
import time

import numpy as np
from scipy.linalg import blas


def measure(name, work, times=3):
    work()
    for _ in range(times):
        start = time.perf_counter()
        work()
        print(f"numpy/{name} 1 {(time.perf_counter() - start) * 1e9:.0f} ns/op", flush=True)


def unit(n, d):
    rows = np.random.default_rng(1).standard_normal((n, d), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def duplicates(rows, threshold=0.9, block=1024):
    """The pairs at or over the threshold, in blocks of rows."""
    found = []
    for i in range(0, len(rows), block):
        a, b = np.nonzero(rows[i : i + block] @ rows[i:].T >= threshold)
        found.append((a[a < b] + i, b[a < b] + i))
    return found


def truncations(rows, dims=(256, 512, 1024, 1536, 3072)):
    for d in dims:
        cut = rows[:, :d]
        cut = cut / np.linalg.norm(cut, axis=1, keepdims=True)
        cut @ cut.T


def nearest(rows, query, k=10):
    scores = rows @ query
    top = np.argpartition(-scores, k)[:k]
    return top[np.argsort(-scores[top])]


def nearest_of_each(rows, queries, k=10):
    """As nearest, for many queries; rows of scores side by side are the faster way."""
    scores = queries @ rows.T
    top = np.argpartition(-scores, k, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1)
    return np.take_along_axis(top, order, axis=1)


def run():
    rows = unit(2048, 1536)
    columns = np.asfortranarray(rows.T)
    measure("ssyrk2048x1536", lambda: blas.ssyrk(1.0, columns, trans=1))
    measure("Duplicates2048x1536", lambda: duplicates(rows))
    for n in (5000, 20000):
        rows = unit(n, 512)
        measure(f"Duplicates{n}x512", lambda: duplicates(rows))
    rows = unit(2048, 3072)
    measure("Truncations2048x3072", lambda: truncations(rows))
    for n in (10_000, 100_000):
        rows = unit(n, 1536)
        measure(f"Nearest{n}x1536", lambda: nearest(rows, rows[n // 2]))
    rows = unit(10_000, 1536)
    measure("NearestOfEach1000x10000x1536", lambda: nearest_of_each(rows, rows[:1000]))


def table():
    values = collections.defaultdict(list)
    for line in sys.stdin:
        fields = line.split()
        values[fields[0]].append(float(fields[2]) / 1e6)
    for name, times in values.items():
        print(f"{name:45} least {min(times):9.2f} ms   median {statistics.median(times):9.2f} ms")


if __name__ == "__main__":
    table() if "--table" in sys.argv else run()
