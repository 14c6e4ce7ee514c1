"""Grid, random, Bayesian search and Hyperband on one task, each with the same number of epochs to spend.

Every row is a trial: what it was given, how many epochs it trained, and its accuracy on the validation and
on the test part. A search chooses by validation; the test part only tells what the choice was worth.
``--csv FILE`` writes after every search, with where, when and with which versions it was made; searches
that FILE holds are not made again. The book's chapter on tuning shows ``benchmarks/tuning.csv`` and makes
one of its searches again.
"""

import argparse
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import record

sys.path.append(str(Path(__file__).resolve().parents[1] / "book" / "_scripts"))
import tuning_task


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=4, help="searches with each method (default 4)")
    parser.add_argument("--csv", type=Path, help="write every search to this file; go on where it ends")
    given = parser.parse_args()
    rows = record.read(given.csv)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    origin = record.provenance(("keras", "keras-tuner", "numpy"), f"{cores} cores")
    before = {(row["method"], row["seed"]) for row in rows}
    for seed in range(1, given.seeds + 1):  # KerasTuner takes 0 for no seed
        for method in tuning_task.METHODS:
            if (method, str(seed)) in before:
                continue
            found = tuning_task.search(method, seed)
            rows += [
                {"method": method, "seed": seed, "trial": k, **row} for k, row in enumerate(found, start=1)
            ]
            best = max(found, key=lambda row: row["val_accuracy"])
            print(f"{method:<10} seed {seed}  best validation {best['val_accuracy']:.4f}", flush=True)
            if given.csv:
                record.write(given.csv, rows, origin)


if __name__ == "__main__":
    main()
