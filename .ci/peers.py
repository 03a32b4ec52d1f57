"""The peers of .ci/bench-peers: numpy and scipy over the BLAS they find. Prints lines
like those of go test -bench, with the processor time as well; with --table, reads such
lines and prints what is compared with what, as medians."""

import collections
import glob
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

# The sample texts, of which the words of others are taken.
SETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "compare", "corpus", "sets")


def processor(whose):
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def measure(name, work, times=3, whose=resource.RUSAGE_SELF):
    if times > 1:
        work()
    for _ in range(times):
        start, before = time.perf_counter(), processor(whose)
        work()
        wall, cpu = time.perf_counter() - start, processor(whose) - before
        print(f"{name} 1 {wall * 1e9:.0f} ns/op {cpu * 1e9:.0f} cpu-ns/op", flush=True)


def unit(n, d):
    rows = np.random.default_rng(1).standard_normal((n, d), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


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
    measure("numpy/ssyrk2048x1536", lambda: blas.ssyrk(1.0, columns, trans=1))
    measure("numpy/Duplicates2048x1536", lambda: duplicates(rows))
    for n in (5000, 20000):
        rows = unit(n, 512)
        measure(f"numpy/Duplicates{n}x512", lambda: duplicates(rows))
    rows = unit(2048, 3072)
    measure("numpy/Truncations2048x3072", lambda: truncations(rows))
    for n in (10_000, 100_000):
        rows = unit(n, 1536)
        measure(f"numpy/Nearest{n}x1536", lambda: nearest(rows, rows[n // 2]))
    rows = unit(10_000, 1536)
    measure("numpy/NearestOfEach1000x10000x1536", lambda: nearest_of_each(rows, rows[:1000]))


def run_large():
    rows = unit(50_000, 1536)
    measure("numpy/Duplicates50000x1536", lambda: duplicates(rows), times=1)


def run_command(binary, texts=3000):
    """The command over so many short texts under the models in it, and once more."""
    words = sorted({word for name in glob.glob(os.path.join(SETS, "*.csv")) for word in re.findall("[a-z]{3,}", open(name).read())})
    choose = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "texts.txt")
        with open(file, "w") as f:
            f.writelines(" ".join(choose.choices(words, k=8)) + "\n" for _ in range(texts))
        home = {name: os.path.join(folder, name) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
        command = [binary, "duplicates", "--models", "local/use-lite,local/glove,local/ngrams", "--tsv", file]
        for run in ("first", "second"):
            work = lambda: subprocess.run(command, env=os.environ | home, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            measure(f"command/{run}", work, times=1, whose=resource.RUSAGE_CHILDREN)


# What is compared: the work, ours, the peer's, and the aim, in ratios or in seconds.
ROWS = [
    ("similarity 2048×1536, against ssyrk", "Similarity2048x1536", "numpy/ssyrk2048x1536", "≤ 1"),
    ("  in portable Go", "portable/Similarity2048x1536", "numpy/ssyrk2048x1536", "≤ .7 s"),
    ("duplicates 2048×1536, against blocks of 1,024", "Duplicates2048x1536", "numpy/Duplicates2048x1536", "≤ .65"),
    ("duplicates 5,000×512", "Duplicates5000x512", "numpy/Duplicates5000x512", "≤ .65"),
    ("duplicates 20,000×512", "Duplicates20000x512", "numpy/Duplicates20000x512", "≤ .65"),
    ("duplicates 50,000×1536", "Duplicates50000x1536", "numpy/Duplicates50000x1536", "≤ 8 s with VNNI, ≤ 25 s without"),
    ("five truncations of 2048×3072, against one pass", "Truncations2048x3072", "OnePass2048x3072", "≤ 1.3"),
    ("  against numpy's five", "Truncations2048x3072", "numpy/Truncations2048x3072", ""),
    ("top 10 of 10,000×1536", "Nearest10000x1536", "numpy/Nearest10000x1536", "≤ 1"),
    ("top 10 of 100,000×1536", "Nearest100000x1536", "numpy/Nearest100000x1536", "≤ 1"),
    ("top 10 of 10,000×1536 for 1,000 queries", "NearestOfEach1000x10000x1536", "numpy/NearestOfEach1000x10000x1536", ""),
    ("use-lite, a sentence, one core", "UseLite1", None, "≤ 1.6 ms"),
    ("use-lite, 64 sentences", "UseLite64", None, "≤ 64 ms"),
    ("duplicates of 3,000 texts, three models, first run", "command/first", None, "≤ 5 s"),
    ("  second run", "command/second", None, "≤ 1 s"),
]


def read(lines):
    """The times on the clock and of the processor, in milliseconds, by name."""
    walls, cpus = collections.defaultdict(list), collections.defaultdict(list)
    for line in lines:
        fields = line.split()
        name = re.sub(r"^Benchmark(Peer)?|-\d+$", "", fields[0])
        for value, what in zip(fields[2::2], fields[3::2]):
            if what in ("ns/op", "cpu-ns/op"):
                (walls if what == "ns/op" else cpus)[name].append(float(value) / 1e6)
    return walls, cpus


def table():
    walls, cpus = read(sys.stdin)
    print(f"{'median of each, in ms':52} {'ours':>10} {'peer':>10} {'ratio':>6}   {'ours, cpu':>10} {'peer, cpu':>10} {'ratio':>6}   aim")
    for title, ours, peer, aim in ROWS:
        cells = [columns(times, ours, peer) for times in (walls, cpus)]
        print(f"{title:52} {cells[0]}   {cells[1]}   {aim}")


def columns(times, ours, peer):
    own, other = (statistics.median(times[name]) if times.get(name) else None for name in (ours, peer))
    ratio = f"{own / other:6.2f}" if own and other else ""
    return f"{number(own):>10} {number(other):>10} {ratio:>6}"


def number(value):
    return "" if value is None else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


if __name__ == "__main__":
    if "--table" in sys.argv:
        table()
    elif "--command" in sys.argv:
        run_command(sys.argv[-1])
    else:
        import numpy as np
        from scipy.linalg import blas

        run_large() if "--large" in sys.argv else run()
