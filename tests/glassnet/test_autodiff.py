"""A Tensor's gradients agree with finite differences, TensorFlow's tape and glassnet's backprop."""

import numpy as np
import pytest
import tensorflow as tf
from glassnet import Input, Sequential, layers
from glassnet.autodiff import Tensor
from glassnet.gradcheck import numerical_gradient

RNG = np.random.default_rng(0)
A, B, ROW = RNG.uniform(0.5, 2, (3, 4)), RNG.uniform(0.5, 2, (4, 3)), RNG.uniform(0.5, 2, 4)

EXPRESSIONS = {
    "add": lambda a, b, r: (a + b.T + r + 1).sum(),
    "subtract": lambda a, b, r: ((a - r) * (1 - b.T)).sum(),
    "multiply": lambda a, b, r: (a * b.T * r * 2).mean(),
    "divide": lambda a, b, r: (a / r + 1 / b.T).sum(),
    "power": lambda a, b, r: (a**3 + b.T**-0.5).sum(),
    "matmul": lambda a, b, r: ((a @ b) ** 2).sum(),
    "exp and log": lambda a, b, r: (a.exp() * (r + b.T).log()).sum(),
    "relu": lambda a, b, r: ((a - 1).relu() * b.T).sum(),
    "tanh and sigmoid": lambda a, b, r: (a.tanh() * (b.T * r).sigmoid()).sum(),
    "sums": lambda a, b, r: (a.sum(axis=0) * r + a.sum(axis=1, keepdims=True) * b.T).sum(),
    "means": lambda a, b, r: (a.mean(axis=1) * b.mean(axis=0)).sum() + r.mean(),
    "max": lambda a, b, r: (a.max(axis=1) * b.max(axis=0, keepdims=True)).sum() + r.max(),
    "index": lambda a, b, r: (a[[0, 0, 2]] * b.T[:, 1:2]).sum() + r[1],
    "reshape": lambda a, b, r: (a.reshape(4, 3) @ b.reshape(3, 4)).sum() * r.sum(),
    "softmax": lambda a, b, r: (
        ((a * 3).softmax() * b.T).sum() - a.log_softmax()[[0, 1], [2, 3]].mean() + r.sum()
    ),
    "one tensor twice": lambda a, b, r: (a * a + a).sum() * b.sum() - r.sum() ** 2,
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_gradients_are_those_of_finite_differences(name):
    f, values = EXPRESSIONS[name], [A, B, ROW]
    tensors = [Tensor(v) for v in values]
    f(*tensors).backward()
    for i, t in enumerate(tensors):
        numeric = numerical_gradient(
            lambda v, i=i: f(*(Tensor(v if j == i else w) for j, w in enumerate(values))).data, values[i]
        )
        got = np.zeros(t.shape) if t.grad is None else t.grad  # None: the expression is not made from t
        np.testing.assert_allclose(got, numeric, rtol=1e-6, atol=1e-8)


def test_arrays_and_numbers_mix_on_both_sides():
    x = Tensor(np.ones((2, 2)))
    y = (np.eye(2) + x) @ np.full((2, 2), 2.0) - (1 - x) / 2 + (np.eye(2) @ x) * 3
    assert isinstance(y, Tensor)
    y.sum().backward()
    np.testing.assert_allclose(x.grad, np.full((2, 2), 4 + 0.5 + 3))


def test_a_network_agrees_with_backprop_and_with_tensorflow():
    X, labels = RNG.normal(size=(7, 5)), RNG.integers(0, 3, 7)
    stack = [layers.Dense(4, "tanh", dtype="float64"), layers.Dense(3, "softmax", dtype="float64")]
    model = Sequential([Input((5,)), *stack])
    model.compile("sgd", "sparse_categorical_crossentropy")
    loss, _, _ = model.compute_gradients(X, labels)
    tensors = [Tensor(w) for w in model.get_weights()]
    W1, b1, W2, b2 = tensors
    ours = -((X @ W1 + b1).tanh() @ W2 + b2).log_softmax()[np.arange(7), labels].mean()
    ours.backward()
    variables = [tf.Variable(w) for w in model.get_weights()]
    with tf.GradientTape() as tape:
        logits = tf.tanh(X @ variables[0] + variables[1]) @ variables[2] + variables[3]
        theirs = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    np.testing.assert_allclose([ours.data, loss], theirs, rtol=1e-12)
    for t, dW, g in zip(tensors, model.gradients, tape.gradient(theirs, variables), strict=True):
        np.testing.assert_allclose(t.grad, dW, rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(t.grad, g, rtol=1e-10, atol=1e-14)


def test_a_graph_ten_thousand_deep_works():
    x = Tensor(1.0)
    y = x
    for _ in range(10_000):
        y = y + x * 0.001
    y.backward()
    np.testing.assert_allclose(x.grad, 1 + 10)


def test_ties_and_kinks_have_documented_gradients():
    x = Tensor([2.0, 2.0, 1.0])
    x.max().backward()
    assert x.grad.tolist() == [0.5, 0.5, 0]
    x = Tensor([0.0, -1.0, 1.0])
    x.relu().sum().backward()
    assert x.grad.tolist() == [0, 0, 1]


def test_backward_twice_does_not_add_up():
    x = Tensor([3.0])
    y = (x * x).sum()
    y.backward()
    y.backward()
    assert x.grad.tolist() == [6]


def test_wrong_use_is_named():
    with pytest.raises(ValueError, match=r"single number, got shape \(2,\)"):
        Tensor([1.0, 2.0]).backward()
    with pytest.raises(TypeError, match="exponent"):
        Tensor([1.0]) ** Tensor([2.0])
    with pytest.raises(ValueError, match="two matrices"):
        Tensor([1.0]) @ Tensor([2.0])
