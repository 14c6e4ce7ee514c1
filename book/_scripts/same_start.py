"""What every engine gets alike: pictures, batches, start weights."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
from glassnet.datasets import mnist

BATCH, EPOCHS, IMAGES = 128, 4, 20_000


def one_core(number=0):
    """Keep this process on one core, where the system can; 0 is the last."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0), reverse=True)
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def load():
    """Training and test pictures as rows between 0 and 1, with their labels."""
    (x, y), (x_test, y_test) = mnist.load_data()
    x, x_test = (a.reshape(-1, 784) for a in (x[:IMAGES], x_test))
    scale = np.float32(255)
    return (x / scale, y[:IMAGES]), (x_test / scale, y_test)


def start_weights(sizes=(784, 512, 10)):
    """Glorot's uniform weights and zero biases: W1, b1, W2, b2."""
    rng = np.random.default_rng(1)
    weights = []
    for d, m in pairwise(sizes):
        limit = np.sqrt(6 / (d + m))
        weights += [rng.uniform(-limit, limit, (d, m)), np.zeros(m)]
    return [w.astype("float32") for w in weights]


def peak_memory():
    """The most this process has held, in MB; None where it is not known."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    (line,) = [x for x in status.read_text().splitlines() if "VmHWM" in x]
    return int(line.split()[1]) / 1024
