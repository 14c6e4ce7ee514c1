"""Activations have Keras' values, true derivatives, and survive any finite input."""

import warnings

import keras
import numpy as np
import pytest
from glassnet import activations
from glassnet.gradcheck import numerical_gradient
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

NAMES = sorted(activations.ACTIVATIONS)
Z = np.concatenate([np.linspace(-9, 9, 60), [-1e-3, 1e-3]]).reshape(2, 31)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-13)])
def test_value_is_keras_value(name, dtype, tolerance):
    z = Z.astype(dtype)
    ours, theirs = activations.get(name)(z), keras.activations.get(name)(keras.ops.convert_to_tensor(z))
    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)


def test_approximate_gelu_is_keras_too():
    np.testing.assert_allclose(
        activations.gelu(Z, approximate=True), keras.activations.gelu(Z, approximate=True), atol=1e-6
    )


@pytest.mark.parametrize("name", NAMES)
def test_backward_is_the_derivative(name):
    f, backward = activations.get(name), activations.BACKWARD[activations.get(name)]
    dA = np.random.default_rng(0).normal(size=Z.shape)
    numeric = numerical_gradient(lambda z: np.sum(dA * f(z)), Z)
    np.testing.assert_allclose(backward(dA, Z, f(Z)), numeric, atol=1e-8)


@pytest.mark.parametrize("arguments", [{"negative_slope": 0.05}, {"alpha": 1.7}, {"approximate": True}])
def test_backward_takes_the_arguments_of_the_value(arguments):
    name = {"negative_slope": "leaky_relu", "alpha": "elu", "approximate": "gelu"}[next(iter(arguments))]
    f = activations.get(name)
    numeric = numerical_gradient(lambda z: np.sum(f(z, **arguments)), Z)
    got = activations.BACKWARD[f](np.ones_like(Z), Z, f(Z, **arguments), **arguments)
    np.testing.assert_allclose(got, numeric, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_huge_inputs_give_no_warning_and_no_nan(name, dtype):
    z = np.array([[-1e4, -800, -90, 0, 90, 800, 1e4]], dtype)
    f = activations.get(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a = f(z)
        dz = activations.BACKWARD[f](np.ones_like(z), z, a)
    assert np.isfinite(a).all()
    assert np.isfinite(dz).all()
    assert a.dtype == dz.dtype == dtype


def test_relu_at_its_kink_has_derivative_zero():
    assert activations.derivative("relu", np.array([-1.0, 0.0, 2.0])).tolist() == [0, 0, 1]


@given(arrays("float64", (3, 4), elements=st.floats(-1e4, 1e4)))
def test_softmax_is_a_distribution_that_ignores_a_shift(z):
    p = activations.softmax(z)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=-1), 1)
    np.testing.assert_allclose(activations.softmax(z - 1234.5), p, rtol=1e-6, atol=1e-300)


def test_unknown_names_suggest_the_nearest():
    with pytest.raises(ValueError, match=r"unknown activation 'rellu': did you mean 'relu'\?"):
        activations.get("rellu")
    with pytest.raises(ValueError, match="derivative of activation"):
        activations.get(np.sin)
    with pytest.raises(ValueError, match="softmax_backward"):
        activations.derivative("softmax", Z)
