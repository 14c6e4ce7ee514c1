"""The figure of learning rate and batch size: worked from the keyboard, it computes what NumPy computes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from glassnet.datasets import ames_housing
from playwright.sync_api import expect
from sliders import slide

SOURCE = (Path(__file__).parents[2] / "book" / "_figures" / "learning-rate.html").read_text(encoding="utf-8")
HOUSES = np.array(json.loads(re.search(r"const houses = (\[\[.*?\]\]);", SOURCE)[1]))


@pytest.fixture
def page(open_figure):
    return open_figure("learning-rate")


def said(page, beginning):
    """What is announced, once it begins like this."""
    line = page.locator("[data-said]")
    expect(line).to_have_text(re.compile(f"^{beginning}"))
    return line.text_content()


def problem():
    """Standardised features, centred prices, and H of their mean squared error."""
    X, y = HOUSES[:, :2], HOUSES[:, 2]
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    return Z, y - y.mean(), 2 / len(y) * Z.T @ Z


def test_the_houses_are_from_ames():
    (houses, price), _ = ames_housing.load_data()
    known = set(zip(houses["Gr_Liv_Area"], houses["Full_Bath"], np.round(price / 1000, 1), strict=True))
    assert len(HOUSES) == 48
    assert {tuple(house) for house in HOUSES} <= known


@pytest.mark.parametrize("exponent", [-2.0, -1.0, -0.3])
def test_all_houses_in_a_step_is_gradient_descent(page, exponent):
    slide(page, "rate", exponent)
    slide(page, "batch", 6)
    Z, y, H = problem()
    w = np.zeros(2)
    for _ in range(40):
        w -= 10**exponent * 2 / len(y) * Z.T @ (Z @ w - y)
    text = said(page, f".*Learning rate {10**exponent:.2g}, batch size 48: after 40 steps, 40 epochs")
    error = float(re.search(r"the error is ([\d.]+)", text)[1])
    assert error == pytest.approx(np.sqrt(np.mean((Z @ w - y) ** 2)), abs=0.051)
    least = np.linalg.lstsq(Z, y)[0]
    floor = float(re.search(r"least possible is ([\d.]+\d)", text)[1])
    assert floor == pytest.approx(np.sqrt(np.mean((Z @ least - y) ** 2)), abs=0.051)
    limit = float(re.search(r"rates below ([\d.]+) converge", text)[1])
    assert limit == pytest.approx(2 / np.linalg.eigvalsh(H)[-1], abs=6e-4)


def test_verdicts_from_the_keyboard(page):
    limit = 2 / np.linalg.eigvalsh(problem()[2])[-1]
    slide(page, "batch", 6)
    slide(page, "rate", -0.25)
    assert limit > 10**-0.25
    said(page, "Converged")
    page.locator("[data-in=rate]").press("ArrowRight")
    assert limit < 10**-0.2
    said(page, "Diverged")
    slide(page, "rate", -2.5)
    said(page, "Still on its way")
    slide(page, "rate", -1)
    page.locator("[data-in=batch]").press("Home")
    said(page, "Hovers")


def test_epochs_make_more_steps_with_small_batches(page):
    page.locator("input[value=steps]").press("ArrowRight")
    assert page.locator("input[value=epochs]").is_checked()
    for index, size in enumerate([1, 2, 4, 8, 16, 32, 48]):
        slide(page, "batch", index)
        said(page, f".*batch size {size}: after {5 * -(-48 // size)} steps, 5 epochs")


def test_another_order_is_another_run_only_with_small_batches(page):
    for index, changes in ((1, True), (6, False)):
        slide(page, "batch", index)
        before = page.locator("[data-path]").get_attribute("d")
        button = page.locator("[data-shuffle]")
        button.focus()
        page.keyboard.press("Enter")
        assert (page.locator("[data-path]").get_attribute("d") != before) == changes


def test_sliders_say_their_values(page):
    slide(page, "rate", -1.5)
    slide(page, "batch", 3)
    assert page.locator("[data-in=rate]").get_attribute("aria-valuetext") == "0.032"
    assert page.locator("[data-in=batch]").get_attribute("aria-valuetext") == "8"


def test_stands_without_a_script_as_the_script_would_draw_it(browser, page):
    still = browser.new_context(java_script_enabled=False).new_page()
    still.set_content(SOURCE)
    panels = "e => e.innerHTML.replace(/\\s+/g, ' ')"
    drawn = [p.locator(".lr-panels").evaluate(panels) for p in (page, still)]
    assert drawn[0] == drawn[1]
    assert still.locator(".lr-controls").is_hidden()
    assert page.locator(".lr-controls").is_visible()
    assert said(page, "Converged") == still.locator("[data-said]").text_content()
    still.context.close()
