"""Layers, activations and losses pass finite differences at 1e-6; a wrong derivative is named."""

import numpy as np
import pytest
from glassnet import Input, Sequential, activations, layers, losses, utils
from glassnet.gradcheck import gradcheck, numerical_gradient
from test_layers import EXAMPLES, IDS, fresh
from test_losses import CASES as LOSSES

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(5, 4)), RNG.normal(size=(5, 2))


def compiled(*stack, loss="mse", x=X):
    model = Sequential([Input(x.shape[1:]), *stack])
    model.compile("sgd", loss)
    return model


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize(("layer", "x"), EXAMPLES, ids=IDS)
def test_every_layer_passes(layer, x, training):
    model = compiled(fresh(layer), layers.Activation("tanh"), layers.Flatten(), layers.Dense(2), x=x)
    result = gradcheck(model, x, RNG.normal(size=(len(x), 2)), training=training)
    assert result.passed, str(result)
    assert set(result.errors) >= {"dense.W", "dense.b"} or len(model.layers) > 3


@pytest.mark.parametrize("name", activations.ACTIVATIONS)
def test_every_activation_passes(name):
    assert gradcheck(compiled(layers.Dense(5, name), layers.Dense(2)), X, Y).passed


@pytest.mark.parametrize("joined", [True, False])
@pytest.mark.parametrize("case", LOSSES, ids=[f"{c[0]}{i}" for i, c in enumerate(LOSSES)])
def test_every_loss_passes_joined_or_not(case, joined):
    name, y, _, arguments = case
    end = {"B": "sigmoid", "C": "softmax", "S": "softmax"}.get(name[0])
    if arguments.get("from_logits"):
        end = None
    x = RNG.normal(size=(6, 3))
    tail = [] if joined else [layers.Reshape((4,))]
    model = compiled(layers.Dense(4, end), *tail, loss=getattr(losses, name)(**arguments), x=x)
    assert gradcheck(model, x, y, sample_weight=np.linspace(0.5, 1.5, 6)).passed


def test_a_wrong_derivative_is_caught_and_the_worst_entry_named():
    class Wrong(layers.Dense):
        def backward_from_Z(self, dZ):
            dX = super().backward_from_Z(dZ)
            self.dW[2, 1] *= 1.001
            return dX

    model = compiled(Wrong(3, "tanh"), layers.Dense(2))
    weights = model.get_weights()
    result = gradcheck(model, X, Y)
    assert not result.passed
    assert result.worst[:2] == ("wrong.W", (2, 1))
    assert "FAILED: worst at wrong.W[2, 1]" in str(result)
    assert 5e-4 < result.errors["wrong.W"] < 2e-3
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))
    assert model.weights[0].dtype == "float32"


def test_kinks_and_ties_are_found_and_accepted_between_the_two_sides():
    model = compiled(layers.Activation("relu"), layers.Dense(2), x=np.zeros((5, 4)))
    result = gradcheck(model, np.zeros((5, 4)), Y)
    assert result.passed
    assert {name for name, _ in result.kinks} == {"x"}
    tied = np.zeros((2, 4, 4, 1))
    model = compiled(layers.MaxPooling2D(), layers.Flatten(), layers.Dense(2), x=tied)
    assert gradcheck(model, tied, Y[:2]).passed

    class TwiceAtKink(layers.Activation):
        def backward(self, dA):
            return super().backward(dA) + 2 * dA * (self.Z == 0)

    model = compiled(TwiceAtKink("relu"), layers.Dense(2), x=np.zeros((5, 4)))
    assert not gradcheck(model, np.zeros((5, 4)), Y).passed


@pytest.mark.parametrize("activation", ["linear", "tanh", "relu"])
def test_large_losses_round_and_pass_all_the_same(activation):
    """Prices: a loss of 10¹⁰ has no digits left for what a small step changes in it."""

    class Wrong(layers.Dense):
        def backward_from_Z(self, dZ):
            dX = super().backward_from_Z(dZ)
            self.dW *= 1.001
            return dX

    x, y = RNG.normal(size=(32, 6)), 2e5 + 8e4 * RNG.normal(size=(32, 1))
    for seed in range(5):
        utils.set_random_seed(seed)
        right = gradcheck(compiled(layers.Dense(8, activation), layers.Dense(1), x=x), x, y)
        assert right.passed, str(right)
        assert not gradcheck(compiled(Wrong(8, activation), layers.Dense(1), x=x), x, y).passed


def test_a_gradient_that_is_no_number_is_no_pass():
    class Wrong(layers.Dense):
        def backward_from_Z(self, dZ):
            dX = super().backward_from_Z(dZ)
            self.dW[0, 0] = np.nan
            return dX

    with pytest.raises(ValueError, match=r"gradient of wrong.W contains NaN"):
        gradcheck(compiled(Wrong(3), layers.Dense(2)), X, Y)


def test_numerical_gradient_of_a_cube():
    x = np.array([[1.0, -2.0], [3.0, 0.5]])
    np.testing.assert_allclose(numerical_gradient(lambda a: np.sum(a**3), x), 3 * x**2, rtol=1e-8)


def test_it_needs_a_compiled_model():
    with pytest.raises(ValueError, match="call compile"):
        gradcheck(Sequential([Input((4,)), layers.Dense(2)]), X, Y)
