"""Words that are easily mistranslated: the glossary has the right ones, and code behaves as they say."""

from pathlib import Path

import keras
import numpy as np
import pytest

PAGE = (Path(__file__).parents[2] / "book" / "reference" / "glossary.md").read_text(encoding="utf-8")
RIGHT_AND_WRONG = {"recurrent": ("循环", "递归"), "transfer": ("迁移", "转移"), "one-hot": ("独热", "一热")}


@pytest.mark.parametrize("word", RIGHT_AND_WRONG)
def test_source_32_the_glossary_puts_the_right_word_first(word):
    right, wrong = RIGHT_AND_WRONG[word]
    (row,) = [line for line in PAGE.splitlines() if line.startswith("|") and word in line.split("|")[1]]
    _, _, chinese, also_read, _, _ = row.split("|")
    assert right in chinese
    assert wrong not in chinese
    assert wrong in also_read


def test_source_32_recurrent_is_a_loop():
    """循环 is also the programmer's word for a loop: a recurrent layer is one function in a `for`."""
    layer = keras.layers.SimpleRNN(3)
    x = np.random.default_rng(32).normal(size=(2, 5, 4)).astype("float32")
    result = layer(x)
    W, U, b = layer.get_weights()
    state = np.zeros((2, 3), "float32")
    for step in range(x.shape[1]):
        state = np.tanh(x[:, step] @ W + state @ U + b)
    np.testing.assert_allclose(result, state, atol=1e-6)


def test_source_32_one_hot_is_hot_alone():
    rows = keras.utils.to_categorical([2, 0, 1], 4)
    assert ((rows == 1).sum(axis=1) == 1).all()
    assert ((rows == 0).sum(axis=1) == 3).all()
