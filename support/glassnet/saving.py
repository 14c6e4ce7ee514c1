"""Models in files: an archive of weights and a description in JSON; no pickle, so loading runs no code."""

import hashlib
import json
from pathlib import Path

import numpy as np

from glassnet import layers, losses, optimizers
from glassnet.utils import lookup, require

FORMAT = "glassnet-model-1"


def save(model, path):
    """Write a built model, its weights and, if compiled, its optimizer's state to ``path`` (``.npz``).

    The file appears whole or not at all. Metrics that are functions or objects are left out; names are kept.

    Raises:
        ValueError: a layer, loss, optimizer or initializer of one's own, which ``load`` would not know.
    """
    model._needs_building("save()")
    path = Path(path)
    require(path.suffix == ".npz", f"save() expected a path that ends in .npz, got {str(path)!r}")
    arrays = {f"weight{i}": w for i, w in enumerate(model.get_weights())}
    about = {"format": FORMAT, "name": model.name, "input_shape": model.input_shape[1:]}
    about["trainable"] = model.trainable
    about["layers"] = [describe("layer", layer, layers.LAYERS) for layer in model.layers]
    if model.optimizer is not None:
        optimizer = describe("optimizer", model.optimizer, optimizers.OPTIMIZERS)
        state = model.optimizer.state or []
        stale = state and not model.optimizer.belongs_to(model.trainable_weights)
        steps = 0 if stale else model.optimizer.iterations
        about["compile"] = {"optimizer": optimizer | {"iterations": steps}}
        about["compile"]["loss"] = model.loss and describe("loss", model.loss, losses.LOSSES)
        for kind, asked in zip(("metrics", "weighted_metrics"), model._asked_metrics, strict=True):
            about["compile"][kind] = [metric for metric in asked if isinstance(metric, str)]
        for i, slots in enumerate([] if stale else state):
            arrays |= {f"state{i}.{slot}": a for slot, a in slots.items()}
    text = json.dumps(about, default=lambda number: number.item())  # NumPy's, as plain ones
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez(file, about=np.array(text), sha256=np.array(digest(text, arrays)), **arrays)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def load(path):
    """The model that ``save`` wrote: ready to predict, and to go on training if it was compiled.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or is none of ours.
    """
    from glassnet.model import Sequential

    about, arrays = read(path)
    made = [revive("layer", entry, layers.LAYERS) for entry in about["layers"]]
    stack = [layers.Input(tuple(about["input_shape"])), *made]
    model = Sequential(stack, about.get("trainable", True), about["name"])
    model.set_weights([arrays[f"weight{i}"] for i in range(len(model.weights))])
    if "compile" in about:
        restore_training(model, about["compile"], arrays)
    return model


def restore_training(model, entry, arrays):
    """Compile a loaded model and give its optimizer the state it had."""
    optimizer = revive("optimizer", entry["optimizer"], optimizers.OPTIMIZERS)
    loss = entry["loss"] and revive("loss", entry["loss"], losses.LOSSES)
    model.compile(optimizer, loss, entry["metrics"], entry["weighted_metrics"])
    if any(name.startswith("state0.") for name in arrays):
        optimizer.build(model.trainable_weights)
        for i, state in enumerate(optimizer.state):
            for slot, a in state.items():
                a[...] = arrays[f"state{i}.{slot}"]
    optimizer.iterations = entry["optimizer"]["iterations"]


def read(path):
    """The description and the arrays in a file, after its hash was checked."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except FileNotFoundError:
        raise
    except Exception:  # zipfile, zlib and struct raise their own kinds on damaged bytes
        raise ValueError(f"{path} is damaged or no glassnet model") from None
    require({"about", "sha256"} <= arrays.keys(), f"{path} is an archive, but not one of a glassnet model")
    text, expected = str(arrays.pop("about")), str(arrays.pop("sha256"))
    whole = digest(text, arrays) == expected
    require(whole, f"{path} is damaged: its contents do not match the hash stored with them")
    about = json.loads(text)
    found = about.get("format")
    require(found == FORMAT, f"{path} has format {found!r}, this glassnet reads {FORMAT!r}")
    return about, arrays


def describe(kind, thing, known):
    """Class and constructor arguments of a layer, loss or optimizer, if ``load`` can make one of them."""
    entry = {"class": type(thing).__name__, "config": thing.get_config()}
    revive(kind, entry, known)
    return entry


def revive(kind, entry, known):
    """What ``describe`` described, made anew."""
    return lookup(kind, entry["class"], {cls.__name__: cls for cls in known.values()})(**entry["config"])


def digest(text, arrays):
    """SHA-256 of the description and of name, dtype, shape and bytes of every array."""
    sha = hashlib.sha256(text.encode())
    for name, a in sorted(arrays.items()):
        sha.update(f"{name} {a.dtype} {a.shape}".encode())
        sha.update(np.ascontiguousarray(a).tobytes())
    return sha.hexdigest()
