"""Layers: each with its forward step and its derivative side by side."""

from glassnet.layers.base import Layer
from glassnet.layers.convolutional import AveragePooling2D, Conv2D, GlobalAveragePooling2D, MaxPooling2D
from glassnet.layers.core import Activation, Dense, Dropout, Flatten, Input, Reshape
from glassnet.layers.normalization import BatchNormalization
from glassnet.layers.sequence import LSTM, Embedding, SimpleRNN

ROWS = (Input, Dense, Activation, Flatten, Reshape, Dropout, BatchNormalization)
IMAGES = (Conv2D, MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D)
SEQUENCES = (Embedding, SimpleRNN, LSTM)
LAYERS = {cls.__name__: cls for cls in ROWS + IMAGES + SEQUENCES}  # as files and Keras name them

__all__ = ["Layer", *LAYERS]
