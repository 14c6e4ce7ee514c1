"""Seconds an epoch, memory and accuracy of four MNIST models in glassnet and in Keras, interleaved.

Each engine works in a process of its own, so that neither's threads nor memory touch the other's. After one
warm-up epoch for each, they take turns: an epoch here, an epoch there, so that whatever else the machine does
meets both. Processor seconds, of all threads together, are counted too: they tell more where other programs
run at the same time. Prints a table; ``--json FILE`` writes the figures, ``--readme`` puts the table into
README.md.
"""

import argparse
import itertools
import json
import multiprocessing
import os
import platform
import re
import resource
import statistics
import time
from pathlib import Path

HERE = Path(__file__).parent
BATCH = 128
# name: (layer sizes or "cnn", loss, optimizer); the four MNIST networks of the course
MODELS = {
    "784-512-10": ([512], "categorical_crossentropy", "rmsprop"),
    "784-512-512-10": ([512, 512], "categorical_crossentropy", "adam"),
    "784-64-10": ([64], "sparse_categorical_crossentropy", "adam"),
    "CNN 32-pool-128-10": ("cnn", "sparse_categorical_crossentropy", "adam"),
}
# Keras' ratio may be at most this, and this is aimed at
BARS = {name: (1.0, 0.7) if sizes == "cnn" else (0.8, 0.5) for name, (sizes, _, _) in MODELS.items()}


def build(library, name):
    """The model ``name``, compiled, in ``glassnet`` or ``keras``: the code is the same."""
    sizes, loss, optimizer = MODELS[name]
    layers = library.layers
    if sizes == "cnn":
        stack = [
            library.Input((28, 28, 1)),
            layers.Conv2D(32, (3, 3), activation="relu"),
            layers.MaxPooling2D((2, 2)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
        ]
    else:
        stack = [library.Input((784,)), *(layers.Dense(units, activation="relu") for units in sizes)]
    model = library.Sequential([*stack, layers.Dense(10, activation="softmax")])
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return model


def load(library, name, images):
    """Images and labels as the model wants them."""
    from glassnet.datasets import mnist

    (x, y), (x_test, y_test) = mnist.load_data()
    shape = (-1, 28, 28, 1) if MODELS[name][0] == "cnn" else (-1, 784)
    x, x_test = (a.reshape(shape).astype("float32") / 255 for a in (x, x_test))
    if MODELS[name][1] == "categorical_crossentropy":
        y, y_test = library.utils.to_categorical(y, 10), library.utils.to_categorical(y_test, 10)
    return x[:images], y[:images], x_test, y_test


def worker(engine, name, images, pipe):
    """One engine: answers "epoch" with seconds, "score" with accuracy and peak memory, until "stop"."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    library = __import__(engine)
    library.utils.set_random_seed(0)
    x, y, x_test, y_test = load(library, name, images)
    before = peak_memory(restart=True)
    model = build(library, name)
    for request in iter(pipe.recv, "stop"):
        if request == "epoch":
            start, processor = time.perf_counter(), time.process_time()
            model.fit(x, y, batch_size=BATCH, epochs=1, verbose=0)
            pipe.send((time.perf_counter() - start, time.process_time() - processor))
        else:
            accuracy = model.evaluate(x_test, y_test, batch_size=BATCH, verbose=0)[1]
            pipe.send({"accuracy": float(accuracy), "memory": peak_memory() - before})


def peak_memory(restart=False):
    """The most this process has held, in MB; with ``restart``, from now on (on Linux)."""
    try:
        if restart:
            Path("/proc/self/clear_refs").write_text("5")
        return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name, images, epochs):
    """Both engines in turn: {engine: {"seconds": […], "processor": […], "accuracy": …, "memory": …}}."""
    spawn = multiprocessing.get_context("spawn")
    ends, processes = {}, []
    for engine in ("glassnet", "keras"):
        ends[engine], other = spawn.Pipe()
        processes.append(spawn.Process(target=worker, args=(engine, name, images, other), daemon=True))
        processes[-1].start()
    result = {engine: {"seconds": [], "processor": []} for engine in ends}
    for epoch in range(epochs + 1):
        for engine, pipe in ends.items():
            pipe.send("epoch")
            for kind, seconds in zip(("seconds", "processor"), pipe.recv(), strict=True):
                if epoch:  # epoch 0 is the warm-up
                    result[engine][kind].append(seconds)
    for engine, pipe in ends.items():
        pipe.send("score")
        result[engine] |= pipe.recv()
        pipe.send("stop")
    for process in processes:
        process.join()
    return result


def operations(name):
    """Floating-point operations of an example's matrix products: forward, dW, and dX but for layer 1."""
    sizes = MODELS[name][0]
    if sizes == "cnn":
        convolution, dense = 2 * 26 * 26 * 9 * 32, 2 * (5408 * 128 + 128 * 10)
        return 2 * convolution + 3 * dense
    widths = [784, *sizes, 10]
    products = [2 * a * b for a, b in itertools.pairwise(widths)]
    return 3 * sum(products) - products[0]


def matrix_rate(seconds=0.5):
    """Operations a second of a float32 product of the size that the largest layer has, on this machine."""
    import numpy as np

    a, b = np.ones((BATCH, 784), "float32"), np.ones((784, 512), "float32")
    out, times = a @ b, []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        np.matmul(a, b, out=out)
        times.append(time.perf_counter() - start)
    return 2 * BATCH * 784 * 512 / statistics.median(times)


def summarize(name, images, result, rate):
    """One row of the table."""
    ours, theirs = (result[engine] for engine in ("glassnet", "keras"))
    seconds, keras_seconds = statistics.median(ours["seconds"]), statistics.median(theirs["seconds"])
    return {
        "model": name,
        "images": images,
        "glassnet_seconds": seconds,
        "keras_seconds": keras_seconds,
        "ratio": seconds / keras_seconds,
        "processor_ratio": statistics.median(ours["processor"]) / statistics.median(theirs["processor"]),
        "bar": BARS[name][0],
        "floor_seconds": operations(name) * images / rate,
        "glassnet_memory_mb": ours["memory"],
        "keras_memory_mb": theirs["memory"],
        "glassnet_accuracy": ours["accuracy"],
        "keras_accuracy": theirs["accuracy"],
    }


def table(rows):
    """The rows as a Markdown table."""
    columns = (
        "Model",
        "Images",
        "glassnet s",
        "Keras s",
        "Ratio",
        "of processor s",
        "Bar",
        "Floor s",
        "Memory MB",
        "Test accuracy",
    )
    lines = [f"| {' | '.join(columns)} |", f"|---{'|--:' * (len(columns) - 1)}|"]
    for r in rows:
        lines.append(
            f"| {r['model']} | {r['images']:,} | {r['glassnet_seconds']:.2f} | {r['keras_seconds']:.2f} "
            f"| {r['ratio']:.2f} | {r['processor_ratio']:.2f} | {r['bar']:.1f} | {r['floor_seconds']:.2f} "
            f"| {r['glassnet_memory_mb']:.0f} / {r['keras_memory_mb']:.0f} "
            f"| {r['glassnet_accuracy']:.4f} / {r['keras_accuracy']:.4f} |"
        )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=5, help="timed epochs after the warm-up (default 5)")
    parser.add_argument("--images", type=int, default=60_000, help="training images (default all 60 000)")
    parser.add_argument(
        "--models", nargs="*", default=list(MODELS), help="names of models (default all four)"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--readme", action="store_true", help="put the table into benchmarks/README.md")
    given = parser.parse_args()
    load, rate, rows, raw = os.getloadavg()[0], matrix_rate(), [], {}
    for name in given.models:
        images = min(given.images, 60_000)
        raw[name] = measure(name, images, given.epochs)
        rows.append(summarize(name, images, raw[name], rate))
        print(table(rows[-1:]).splitlines()[-1], flush=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    note = (
        f"Matrix products reach {rate / 1e9:.0f} GFLOP/s here ({machine}); medians of {given.epochs} epochs. "
    )
    note += f"When it began, {load:.0f} other processes were at work on average."
    print(f"\n{table(rows)}\n\n{note}")
    if given.json:
        given.json.write_text(
            json.dumps({"rate": rate, "machine": machine, "rows": rows, "raw": raw}, indent=1)
        )
    if given.readme:
        page = HERE / "README.md"
        block = f"<!-- table -->\n{table(rows)}\n\n{note}\n<!-- /table -->"
        page.write_text(
            re.sub(r"<!-- table -->.*<!-- /table -->", lambda _: block, page.read_text(), flags=re.S)
        )


if __name__ == "__main__":
    main()
