"""Layers: each with its forward step and its derivative side by side."""

from glassnet.layers.base import Layer
from glassnet.layers.core import Activation, Dense, Dropout, Flatten, Input, Reshape

__all__ = ["Activation", "Dense", "Dropout", "Flatten", "Input", "Layer", "Reshape"]
