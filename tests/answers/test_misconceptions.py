"""Mistakes that a course on neural networks must know: each has an answer in the bank with a hint of its own.

That every answer gets its points and its message is for `test_answers.py` to show.
"""

import bank
import pytest

# mistake: (assignment, function, name of the answer)
KNOWN = {
    "missing bias": ("neurons", "dense", "no bias"),
    "transposed weights": ("neurons", "dense", "transposed weights"),
    "softmax over the wrong axis": ("neurons", "softmax", "down the columns"),
    "unstable softmax": ("neurons", "softmax", "unstable"),
    "log of zero": ("losses", "binary_crossentropy", "not clipped"),
    "sum instead of mean": ("losses", "categorical_crossentropy", "a sum"),
    "factor n": ("backprop", "softmax_crossentropy_backward", "1/n missing"),
    "factor ½": ("losses", "mean_squared_error", "the factor one half"),
    "derivative at the activation": ("backprop", "sigmoid_backward", "sigmoid of A again"),
    "derivative at the wrong layer's Z": ("backprop", "mlp_gradients", "the slope of the layer behind"),
    "db not summed": ("backprop", "dense_backward", "db not summed"),
    "gradient accumulated from batch to batch": (
        "training_loop",
        "fit",
        "gradients added up across steps",
    ),
    "gradient accumulated from call to call": (
        "backprop",
        "mlp_gradients",
        "gradients that pile up from call to call",
    ),
    "gradient's sign": ("linear_regression", "gradients", "sign"),
    "one-hot off by one": ("losses", "one_hot", "off by one"),
    "Adam without bias correction": ("optimizers", "adam_step", "no bias correction"),
    "Adam's t from 0": ("optimizers", "adam_step", "first step is number 0"),
    "ε inside the root": ("optimizers", "adam_step", "epsilon inside the root"),
    "wrong β": ("optimizers", "adam_step", "betas exchanged"),
    "state shared between parameters": ("optimizers", "adam_step", "t and averages shared by all weights"),
    "momentum's sign": ("optimizers", "sgd_step", "momentum with a minus"),
    "learning rate applied twice": ("optimizers", "sgd_step", "learning rate twice"),
    "epoch without shuffling": ("training_loop", "fit", "never shuffled"),
    "x and y shuffled apart": ("training_loop", "minibatches", "x and y shuffled apart"),
    "last batch dropped": ("training_loop", "minibatches", "last batch dropped"),
    "scaler fitted on test data": ("porting_keras", "scale_features", "by the test part"),
    "leakage across folds": ("house_prices", "cross_validate", "scaled with all rows"),
    "dropout not rescaled": ("generalization", "dropout", "not rescaled"),
    "dropout active in evaluation": ("generalization", "dropout", "active in evaluation"),
    "patience an epoch too long": ("generalization", "early_stopping", "patience off by one, too late"),
    "patience an epoch too short": ("generalization", "early_stopping", "patience off by one, too early"),
    "argmax on the wrong axis": ("training_loop", "accuracy", "argmax of the columns"),
    "precision and recall swapped": ("evaluation", "precision_recall_f1", "swapped"),
    "AUC with ties": ("evaluation", "roc_auc", "ties not counted"),
    "accuracy on a regression": ("house_prices", "build_regressor", "accuracy on a regression"),
    "float64 blow-up": ("first_keras_network", "preprocess", "float64"),
    "input modified in place": ("losses", "softmax_crossentropy", "subtracts in place"),
    "loop over the rows": ("losses", "mean_squared_error", "a loop over the rows"),
}


@pytest.mark.parametrize("mistake", KNOWN)
def test_the_bank_has_an_answer_with_a_hint_of_its_own(mistake):
    slug, function, name = KNOWN[mistake]
    answers = {a.name: a for a in bank.answers(slug) if a.function == function}
    assert name in answers
    found = answers[name]
    assert not found.right
    assert found.expected < 3
    assert sum(found.fragment in other.fragment for other in answers.values() if not other.right) <= 3
