"""Batch normalisation: each feature is brought to mean 0 and variance 1, then scaled and shifted."""

import math
from dataclasses import dataclass

import numpy as np

from glassnet.layers.base import Layer
from glassnet.utils import require


@dataclass(eq=False)
class BatchNormalization(Layer):
    """A = γ X̂ + β with X̂ = (X − μ) / √(σ² + ε), for each feature of the last axis (Ioffe and Szegedy, 2015).

    While training, μ and σ² are those of the batch, and moving averages of them are kept; otherwise, or
    when the layer is not ``trainable``, the moving averages are used. Weights: γ, β, then moving mean and
    variance.
    Backward while training, means over the batch: dX = γ/√(σ² + ε) · (dA − mean(dA) − X̂ · mean(dA ⊙ X̂)).

    Args:
        axis: −1; features are last.
        momentum: moving ← momentum · moving + (1 − momentum) · batch.
        epsilon: ε.
        center, scale: False leaves β or γ out.
        beta_initializer, gamma_initializer, moving_mean_initializer, moving_variance_initializer: first
            values.
    """

    axis: int = -1
    momentum: float = 0.99
    epsilon: float = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: str = "zeros"
    gamma_initializer: str = "ones"
    moving_mean_initializer: str = "zeros"
    moving_variance_initializer: str = "ones"

    def __post_init__(self):
        super().__post_init__()
        require(self.axis == -1, f"BatchNormalization normalises the last axis, axis=-1, got {self.axis}")

    def build(self, input_shape):
        d = (input_shape[-1],)
        if self.scale:
            self.gamma = self.add_weight("gamma", d, self.gamma_initializer)
        if self.center:
            self.beta = self.add_weight("beta", d, self.beta_initializer)
        self.mean = self.add_weight("mean", d, self.moving_mean_initializer, trainable=False)
        self.variance = self.add_weight("variance", d, self.moving_variance_initializer, trainable=False)

    def forward(self, X, training=False):
        self.of_batch = training and self.trainable
        mean, variance = self.mean, self.variance
        if self.of_batch:
            axes = tuple(range(X.ndim - 1))
            mean = X.mean(axis=axes)
            variance = np.square(X - mean).mean(axis=axes)
            self.mean += (mean - self.mean) * (1 - self.momentum)
            self.variance += (variance - self.variance) * (1 - self.momentum)
        self.slope = 1 / np.sqrt(variance + self.epsilon)
        self.X_hat = (X - mean) * self.slope
        A = self.X_hat * self.gamma if self.scale else self.X_hat
        return A + self.beta if self.center else A

    def backward(self, dA):
        axes, n = tuple(range(dA.ndim - 1)), math.prod(dA.shape[:-1])
        sum_dA, sum_dA_X = dA.sum(axis=axes), (dA * self.X_hat).sum(axis=axes)
        slope = self.slope
        if self.scale:
            np.copyto(self.dgamma, sum_dA_X)
            slope = slope * self.gamma
        if self.center:
            np.copyto(self.dbeta, sum_dA)
        if self.of_batch:
            dA = dA - sum_dA / n - self.X_hat * (sum_dA_X / n)
        return slope * dA
