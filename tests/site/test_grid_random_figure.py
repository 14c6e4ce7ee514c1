"""The figure of grid and random search: worked from the keyboard, it computes what NumPy computes."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from sliders import slide

SOURCE = (Path(__file__).parents[2] / "book" / "_figures" / "grid-random.html").read_text(encoding="utf-8")


@pytest.fixture
def page(open_figure):
    return open_figure("grid-random")


def score(x, y, matters):
    along = 1 - matters + matters * np.exp(-(((y - 0.7) / 0.25) ** 2))
    return np.exp(-(((x - 0.37) / 0.1) ** 2)) * along


def said(page, trials):
    """What is announced once it speaks of so many trials: four numbers."""
    line = page.locator("[data-said]")
    expect(line).to_have_text(re.compile(f"random search {trials}\\."))
    found = r"grid finds ([\d.]+), this draw ([\d.]+)\. .* finds ([\d.]+) in the mean .* in (\d+) of 100"
    return [float(x) for x in re.search(found, line.text_content()).groups()]


@pytest.mark.parametrize(("side", "matters"), [(2, 0.5), (3, 0.0), (4, 1.0), (7, 0.2)])
def test_best_of_grid_and_random(page, side, matters):
    slide(page, "matters", matters)
    slide(page, "side", side)
    page.wait_for_timeout(300)
    grid, drawn, mean, wins = said(page, side**2)
    places = (np.arange(side) + 0.5) / side
    bound = score(*np.meshgrid(places, places), matters).max()
    assert grid == pytest.approx(bound, abs=0.0051)
    best = score(*np.random.default_rng(0).random((2, 20_000, side**2)), matters).max(axis=1)
    assert mean == pytest.approx(best.mean(), abs=0.03)
    assert wins == pytest.approx(100 * np.mean(best > bound), abs=5)
    # the dots of the random panel, read back from the drawing
    dots = re.findall(
        r"M([\d.]+) ([\d.]+)h0", page.locator("[data-panel=random] .gr-trial").get_attribute("d")
    )
    x, y = np.array(dots, float).T
    assert len(x) == side**2
    assert drawn == pytest.approx(score(x / 210, 1 - y / 210, matters).max(), abs=0.02)


def test_another_draw_moves_the_random_trials_alone(page):
    paths = [page.locator(f"[data-panel={name}] .gr-trial") for name in ("grid", "random")]
    before = [path.get_attribute("d") for path in paths]
    page.locator("[data-again]").focus()
    page.keyboard.press("Enter")
    after = [path.get_attribute("d") for path in paths]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_sliders_say_their_values(page):
    slide(page, "matters", 0.3)
    slide(page, "side", 5)
    assert page.locator("[data-in=matters]").get_attribute("aria-valuetext") == "30 percent"
    assert page.locator("[data-in=side]").get_attribute("aria-valuetext") == "25"


def test_stands_without_a_script_as_the_script_would_draw_it(browser, page):
    still = browser.new_context(java_script_enabled=False).new_page()
    still.set_content(SOURCE)
    said(page, 9)
    panels = "e => e.innerHTML.replace(/\\s+/g, ' ')"
    drawn = [p.locator(".gr-panels").evaluate(panels) for p in (page, still)]
    assert drawn[0] == drawn[1]
    assert still.locator(".gr-controls").is_hidden()
    assert page.locator(".gr-controls").is_visible()
    assert page.locator("[data-said]").text_content() == still.locator("[data-said]").text_content()
    still.context.close()
