"""Figures follow the theme, carry a text made from their data, and stay apart on one page."""

import itertools
import re
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from glassnet import plots
from skimage import color as colour

mpl.use("agg")

RNG = np.random.default_rng(0)
BOWL = (lambda a, b: a**2 + b**2, np.linspace(-1, 1, 21), np.linspace(-1, 1, 21))


def accept_all(X):
    return np.ones((len(X), 1))


FIGURES = {
    "curves": lambda: plots.training_curves({"a": {"loss": [0.5, 0.25], "val_loss": [0.6, 0.3]}}),
    "images": lambda: plots.images(RNG.random((3, 4, 4, 1)), titles=["one", "two", "three\nlines"]),
    "confusion": lambda: plots.confusion_matrix([[7, 1], [2, 0]], labels=["cat", "dog"]),
    "probabilities": lambda: plots.probabilities([0.2, 0.7, 0.1], highlight=1),
    "weights": lambda: plots.weight_images(RNG.normal(size=(6, 5)), (2, 3)),
    "boundary": lambda: plots.decision_boundary(accept_all, RNG.random((8, 2)), np.array([0, 1] * 4)),
    "surface": lambda: plots.loss_surface(*BOWL, {"SGD": np.array([[1, 1], [0.5, 0.5]])}),
}
SAID = {
    "curves": "training from 0.5 to 0.25; a validation from 0.6 to 0.3",
    "images": "3 images: one; two; three lines.",
    "confusion": "7 of 10 on the diagonal; commonest mistakes: dog taken for cat 2 times",
    "probabilities": "the largest: 1 with 0.7, 0 with 0.2",
    "weights": "5 units as 2 by 3 pictures",
    "boundary": "50.0% of the points lie in their own region",
    "surface": "SGD goes from (1, 1) in 1 steps to (0.5, 0.5)",
}


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, raw, metadata: bundles.append((data, metadata))
    )
    return bundles


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_accessible_and_follows_the_theme(shown, name):
    plots.show(FIGURES[name]())
    (data, metadata), *_ = shown
    assert SAID[name] in metadata["image/png"]["alt"]
    root = ElementTree.fromstring(data["text/html"])
    (picture,) = root
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == metadata["image/png"]["alt"]
    assert "currentColor" in data["text/html"]
    assert plots.INK not in data["text/html"]


def test_two_figures_on_a_page_share_no_id():
    def ids(figure):
        return set(re.findall(r'\bid="([^"]+)"', plots.svg(figure, "x")))

    first, second = ids(FIGURES["curves"]()), ids(FIGURES["surface"]())
    assert first
    assert not first & second


def test_references_inside_a_figure_lead_somewhere():
    text = plots.svg(FIGURES["confusion"](), "x")
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', text)) <= ids


def test_same_figure_is_the_same_to_the_byte():
    assert plots.svg(FIGURES["confusion"](), "x") == plots.svg(FIGURES["confusion"](), "x")


def test_alternative_text_is_escaped_and_required(shown):
    fig = FIGURES["curves"]()
    plots.show(fig, alt='a < b & "c"')
    assert ElementTree.fromstring(shown[0][0]["text/html"])[0].get("aria-label") == 'a < b & "c"'
    fig.set_label("")
    with pytest.raises(ValueError, match="no alternative text"):
        plots.show(fig)


def luminance(color):
    channels = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("background", ["#ffffff", "#121212"])
@pytest.mark.parametrize("color", plots.COLORS.values(), ids=plots.COLORS)
def test_colors_stand_out_in_both_themes(color, background):
    light, dark = sorted([luminance(color), luminance(background)], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


# How colours look without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, linear RGB.
SIGHT = {
    "all cones": np.eye(3),
    "no red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "no blue": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


@pytest.mark.parametrize("sight", SIGHT)
def test_colors_are_told_apart_by_everybody(sight):
    """CIEDE2000 of 2 is seen side by side; lines in a plot are apart from each other."""
    values = np.array([[int(c[k : k + 2], 16) for k in (1, 3, 5)] for c in plots.COLORS.values()]) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.transpose(SIGHT[sight]), 0, 1)
    lab = colour.rgb2lab(np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055))
    for (a, one), (b, other) in itertools.combinations(zip(plots.COLORS, lab, strict=True), 2):
        assert colour.deltaE_ciede2000(one, other) > 10, (a, b)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plots.training_curves({"a": {"loss": [1]}}, "accuracy"), "run 'a' has no metric 'accuracy'"),
        (lambda: plots.images(np.zeros((2, 784))), r"expected shape \(n, height, width\).*got \(2, 784\)"),
        (lambda: plots.images(np.zeros((2, 3, 3)), titles=["a"]), "a title for each of 2 pictures, got 1"),
        (lambda: plots.confusion_matrix(np.zeros((2, 3))), r"expected shape \(K, K\), got \(2, 3\)"),
        (lambda: plots.probabilities(np.zeros((2, 3))), r"expected shape \(K,\), got \(2, 3\)"),
        (lambda: plots.weight_images(np.zeros((5, 2)), (2, 3)), r"shape \(6, m\), got \(5, 2\)"),
        (
            lambda: plots.decision_boundary(accept_all, np.zeros((4, 3)), np.zeros(4)),
            r"got \(4, 3\) and \(4,\)",
        ),
    ],
)
def test_wrong_shape_is_named(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
