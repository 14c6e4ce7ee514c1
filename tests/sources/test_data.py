"""What the sources got wrong, and the chapter on data sets right."""

import keras
import numpy as np
import pytest
from glassnet import Input, Sequential, layers, utils
from glassnet.datasets import boston_housing, mnist
from scipy import stats
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def condition_number(X):
    return np.linalg.cond(np.column_stack([X, np.ones(len(X))])) ** 2


def test_source_08_a_comment_prepares_nothing():
    # The listing's columns reach the network as they are, badly conditioned.
    (X, _), _ = boston_housing.load_data()
    scaled = StandardScaler().fit_transform(X)
    assert condition_number(X) > 1e6
    assert condition_number(scaled) < 1e3
    spread = X.std(axis=0)
    assert spread.max() / spread.min() > 1000


def test_source_31_pictures_must_be_flattened():
    (x, y), _ = mnist.load_data()
    x, y = x[:8], y[:8]

    flat = x.reshape(-1, 784).astype("float32") / 255
    for sequential, input_, block in (
        (keras.Sequential, keras.Input, keras.layers),
        (Sequential, Input, layers),
    ):

        def fit(pictures, sequential=sequential, input_=input_, block=block):
            model = sequential([input_((784,)), block.Dense(10, activation="softmax")])
            model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
            return model.fit(pictures, y, verbose=0).history["loss"][-1]

        with pytest.raises(ValueError, match="784"):
            fit(x)
        assert np.isfinite(fit(flat))


def test_source_34_scaling_keeps_the_noise_and_helps_by_conditioning_and_slope():
    rng = np.random.default_rng(0)
    signal, noise = rng.uniform(0, 255, (500, 20)), rng.normal(0, 20, (500, 20))
    scaler = StandardScaler().fit(signal + noise)
    clean, noisy = scaler.transform(signal), scaler.transform(signal + noise)
    # Each column keeps its proportion of noise, and nothing is lost.
    np.testing.assert_allclose((noisy - clean).std(0) / clean.std(0), noise.std(0) / signal.std(0))
    np.testing.assert_allclose(scaler.inverse_transform(noisy), signal + noise)
    # What it does change.
    assert condition_number(noisy) < condition_number(signal + noise) / 100
    z = np.array([0.0, 5.0, 10.0])
    np.testing.assert_allclose(expit(z) * expit(-z), [0.25, 0.0066, 4.5e-5], rtol=0.02)


def test_source_43_a_score_one_has_chosen_by_is_too_good():
    # A hundred guessers on 200 coin tosses; the best is kept. Its expected score has a closed form.
    tosses, guessers = 200, 100
    hits = np.arange(tosses)
    expected = np.sum(1 - stats.binom.cdf(hits, tosses, 0.5) ** guessers) / tosses
    rng = np.random.default_rng(0)
    chosen, fresh = [], []
    for _ in range(300):
        truth = rng.integers(0, 2, (2, tosses))
        scores = (rng.integers(0, 2, (guessers, 2, tosses)) == truth).mean(axis=2)  # seen, unseen
        best = scores[:, 0].argmax()
        chosen.append(scores[best, 0])
        fresh.append(scores[best, 1])
    assert np.mean(chosen) == pytest.approx(expected, abs=0.005)
    assert expected > 0.58
    assert np.mean(fresh) == pytest.approx(0.5, abs=0.01)


def test_source_45_dividing_bytes_by_a_float_gives_64_bits():
    (x, _), _ = mnist.load_data()
    careless, careful = x[:10] / 255.0, x[:10].astype("float32") / 255
    assert (careless.dtype, careful.dtype) == (np.float64, np.float32)
    np.testing.assert_allclose(careless, careful, rtol=1e-6)
    megabytes = [a.nbytes / len(a) * len(x) / 1e6 for a in (careless, careful)]
    assert [round(size) for size in megabytes] == [376, 188]


def test_source_46_seeds_differ_and_a_seed_repeats():
    (x, y), (x_test, y_test) = mnist.load_data()
    X, X_test = (a.reshape(-1, 784).astype("float32") / 255 for a in (x[:2000], x_test[:2000]))

    def accuracy(seed):
        utils.set_random_seed(seed)
        net = Sequential([Input((784,)), layers.Dense(10, activation="softmax")])
        net.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
        net.fit(X, y[:2000], epochs=2, verbose=0)
        return net.evaluate(X_test, y_test[:2000], verbose=0)[1]

    scores = [accuracy(seed) for seed in range(5)]
    assert accuracy(0) == scores[0]
    assert 0 < np.std(scores, ddof=1) < 0.03
    # The start, and nothing else, makes the difference: a convex problem solved to the end has none.
    solved = [
        LogisticRegression(C=0.01, max_iter=300, random_state=seed)
        .fit(X[:500], y[:500])
        .score(X_test, y_test[:2000])
        for seed in range(2)
    ]
    assert solved[0] == solved[1]
