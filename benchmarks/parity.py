"""How near glassnet comes to Keras, and backprop to finite differences: the worst errors as Markdown tables.

The cases are those of tests/glassnet: every layer, loss and optimizer is trained for fifty steps in both
engines from the same weights, in float32 and float64; layers and losses are held against finite differences.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "glassnet"))

import keras
import numpy as np
from glassnet import Input, Sequential, layers, losses, utils
from glassnet.gradcheck import gradcheck
from test_layers import EXAMPLES, fresh
from test_losses import CASES
from test_parity import ENDS, OPTIMIZERS, STACKS, trained


def parity():
    """(kind, case, error in float32, error in float64): distance of weights or histories, the larger."""
    cases = [("layers", stack, (stack, "mse", "sgd")) for stack in STACKS]
    cases += [("loss", end, ("activation", end, "adam")) for end in ENDS]
    cases += [("optimizer", name, ("dense", "mse", name)) for name in OPTIMIZERS]
    for kind, case, choice in cases:
        errors = []
        for dtype in ("float32", "float64"):
            utils.set_random_seed(0)
            errors.append(max(trained(*choice, dtype)))
            keras.backend.clear_session()
        yield kind, case, *errors


def gradients():
    """(kind, case, worst relative error of a gradient) in float64."""
    rng = np.random.default_rng(0)
    for layer, x in EXAMPLES:
        tail = [layers.Activation("tanh"), layers.Flatten(), layers.Dense(2)]
        model = Sequential([Input(x.shape[1:]), fresh(layer), *tail])
        model.compile("sgd", "mse")
        result = gradcheck(model, x, rng.normal(size=(len(x), 2)), training=True)
        yield "layer", type(layer).__name__, max(result.errors.values())
    for name, y, _, arguments in CASES:
        end = (
            None
            if arguments.get("from_logits")
            else {"B": "sigmoid", "C": "softmax", "S": "softmax"}.get(name[0])
        )
        model = Sequential([Input((3,)), layers.Dense(4, end)])
        model.compile("sgd", getattr(losses, name)(**arguments))
        yield (
            "loss",
            f"{name} {arguments or ''}",
            max(gradcheck(model, rng.normal(size=(6, 3)), y).errors.values()),
        )


def main():
    print("| Kind | Case | float32 | float64 |\n|---|---|--:|--:|")
    for kind, case, single, double in parity():
        print(f"| {kind} | {case} | {single:.0e} | {double:.0e} |", flush=True)
    print("\n| Kind | Case | Gradient |\n|---|---|--:|")
    for kind, case, error in gradients():
        print(f"| {kind} | {case} | {error:.0e} |", flush=True)


if __name__ == "__main__":
    main()
