"""Layers: each with its forward step and its derivative side by side."""

from glassnet.layers.base import Layer
from glassnet.layers.convolutional import AveragePooling2D, Conv2D, GlobalAveragePooling2D, MaxPooling2D
from glassnet.layers.core import Activation, Dense, Dropout, Flatten, Input, Reshape
from glassnet.layers.normalization import BatchNormalization
from glassnet.layers.sequence import LSTM, Embedding, SimpleRNN

__all__ = [
    "LSTM",
    "Activation",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "GlobalAveragePooling2D",
    "Input",
    "Layer",
    "MaxPooling2D",
    "Reshape",
    "SimpleRNN",
]
