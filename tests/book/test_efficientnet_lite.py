"""A block of EfficientNet-Lite0, filled with arrays in PyTorch's order, computes what they mean there."""

import sys

import keras
import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import efficientnet_lite


def arrays_of(shapes, rng):
    """Random kernels and normalisations, named and shaped as PyTorch has them."""
    arrays = {}
    for name, shape in shapes.items():
        if "bn" in name:
            for part in ("weight", "running_var"):
                arrays[f"{name}.{part}"] = rng.uniform(0.5, 2, shape).astype("float32")
            for part in ("bias", "running_mean"):
                arrays[f"{name}.{part}"] = rng.normal(size=shape).astype("float32")
        else:
            arrays[f"{name}.weight"] = rng.normal(size=shape).astype("float32")
    return arrays


def normalised(z, arrays, name):
    g, b, mean, var = (arrays[f"{name}.{part}"] for part in ("weight", "bias", "running_mean", "running_var"))
    return g * (z - mean) / np.sqrt(var + 1e-3) + b


@pytest.mark.parametrize("strides", [1, 2])
@pytest.mark.parametrize("pad", ["as_tensorflow", "as_pytorch"])
def test_a_block_computes_what_its_arrays_mean(strides, pad):
    rng = np.random.default_rng(0)
    shapes = {
        "b._expand_conv": (24, 4, 1, 1),
        "b._bn0": (24,),
        "b._depthwise_conv": (24, 1, 3, 3),
        "b._bn1": (24,),
        "b._project_conv": (4, 24, 1, 1),
        "b._bn2": (4,),
    }
    arrays = arrays_of(shapes, rng)
    inputs = keras.Input((8, 8, 4))
    outputs = efficientnet_lite.block(inputs, "b", 3, strides, 6, 4, getattr(efficientnet_lite, pad), 1e-3)
    model = keras.Model(inputs, outputs)
    for layer in model.layers:
        if layer.weights:
            layer.set_weights(efficientnet_lite.in_keras_order(layer, arrays))

    x = rng.normal(size=(2, 8, 8, 4)).astype("float32")
    h = np.einsum("nijc,mc->nijm", x, arrays["b._expand_conv.weight"][:, :, 0, 0])
    h = np.clip(normalised(h, arrays, "b._bn0"), 0, 6)
    before = 0 if pad == "as_tensorflow" and strides == 2 else 1
    frame = ((0, 0), (before, 1), (before, 1), (0, 0))
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(h, frame), (3, 3), (1, 2))
    windows = windows[:, ::strides, ::strides]
    h = np.einsum("nijcuv,cuv->nijc", windows, arrays["b._depthwise_conv.weight"][:, 0])
    h = np.clip(normalised(h, arrays, "b._bn1"), 0, 6)
    h = np.einsum("nijc,mc->nijm", h, arrays["b._project_conv.weight"][:, :, 0, 0])
    h = normalised(h, arrays, "b._bn2") + (x if strides == 1 else 0)
    got = model.predict(x, verbose=0)
    assert got.shape == h.shape == (2, 8 // strides, 8 // strides, 4)
    np.testing.assert_allclose(got, h, rtol=1e-4, atol=1e-4)


def test_the_middle_square_is_cut_and_scaled():
    photo = np.zeros((100, 160, 3), "uint8")
    photo[:, :30] = 255  # outside the square of 87 in the middle
    photo[40:60, 70:90] = (10, 20, 30)
    made = efficientnet_lite.prepared(photo)
    assert made.shape == (224, 224, 3)
    assert made.min() >= 0
    assert made.max() <= 31
    np.testing.assert_allclose(made[112, 112], (10, 20, 30), atol=0.5)


def test_an_array_without_a_layer_is_not_passed_over(monkeypatch):
    arrays = {"_extra.weight": np.zeros(3), "_bn0.num_batches_tracked": np.array(1)}
    monkeypatch.setattr(efficientnet_lite.torch_weights, "read", lambda path: arrays)
    empty = keras.Sequential([keras.Input((3,)), keras.layers.ReLU()])
    with pytest.raises(ValueError, match=r"without a layer: _extra\.weight"):
        efficientnet_lite.load_pretrained(empty)
