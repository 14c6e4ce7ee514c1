"""The figure of descending optimizers: worked by keyboard, and its numbers are glassnet's."""

import re

import numpy as np
import pytest
from glassnet.optimizers import SGD, Adagrad, Adam, RMSprop
from playwright.sync_api import expect

PAGE = "training/optimizers.html"
SURFACES = {
    "ravine": (lambda x, y: (x * x + 20 * y * y) / 2, lambda x, y: [x, 20 * y]),
    "bend": (
        lambda x, y: (1 - x) ** 2 + 10 * (y - x * x) ** 2,
        lambda x, y: [-2 * (1 - x) - 40 * x * (y - x * x), 20 * (y - x * x)],
    ),
    "saddle": (lambda x, y: x * x / 2 + (y * y - 1) ** 2 / 4, lambda x, y: [x, y * (y * y - 1)]),
}
OPTIMIZERS = {
    "sgd": lambda rate: SGD(rate),
    "nesterov": lambda rate: SGD(rate, nesterov=True),
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "adam": Adam,
}


@pytest.fixture
def figure(open_page):
    return open_page(PAGE).locator("#descent")


def said(figure, start):
    line = figure.locator("[data-said]")
    expect(line).to_contain_text(start)
    return line.inner_text()


def slide(figure, name, value):
    figure.locator(f'[data-in="{name}"]').evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})); }", value
    )


def test_start_rate_and_optimizer_are_chosen_by_keyboard(figure):
    page = figure.page
    before = figure.locator("[data-path]").get_attribute("points")
    figure.locator('[data-in="x"]').focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert "from (−3.50, 2.00)" in said(figure, "from (−3.50")
    assert figure.locator('[data-in="x"]').get_attribute("aria-valuetext") == "−3.50"
    assert figure.locator("[data-path]").get_attribute("points") != before

    figure.locator('[data-in="rate"]').focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    assert "rises" in said(figure, "rate 0.22") or "diverges" in said(figure, "rate 0.22")

    figure.locator('[data-in="optimizer"]').focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    assert "falls" in said(figure, "Adam, rate 0.22")
    expect(figure.locator('[data-for="momentum"]')).to_be_hidden()


def test_a_path_is_kept_and_dropped_by_keyboard(figure):
    button = figure.locator('[data-do="keep"]')
    button.focus()
    figure.page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert len(figure.locator("[data-kept]").get_attribute("points").split()) == 41
    figure.page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    assert figure.locator("[data-kept]").get_attribute("points") == ""


def test_walking_ends_where_the_path_ends(figure):
    page = figure.page
    page.emulate_media(reduced_motion="no-preference")
    slide(figure, "steps", 5)
    figure.locator('[data-do="walk"]').focus()
    page.keyboard.press("Enter")
    expect(figure.locator("[data-path]")).to_have_attribute("points", re.compile(r"^\S+(?: \S+){5}$"))


def test_a_click_sets_the_start(figure):
    picture = figure.locator("svg")
    box = picture.bounding_box()
    # The picture's middle column is w₁ = 0.42: 44 of its 534 units lie to the left of the frame.
    picture.click(position={"x": box["width"] / 2, "y": box["height"] / 3})
    start = said(figure, "from (−0.")
    assert re.search(r"from \(−0\.3\d, 0\.7\d\)", start), start


def test_without_script_a_finished_picture_stands(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    figure = page.locator("#descent")
    expect(figure.locator("svg")).to_have_attribute("role", "img")
    expect(figure.locator(".de-controls")).to_be_hidden()
    assert len(figure.locator("[data-path]").get_attribute("points").split()) == 41
    context.close()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_its_descent_is_the_librarys(figure, surface, optimizer):
    loss, slope = SURFACES[surface]
    figure.locator('[data-in="surface"]').select_option(surface)
    figure.locator('[data-in="optimizer"]').select_option(optimizer)
    slide(figure, "rate", -1.5)
    slide(figure, "steps", 30)
    start = [float(figure.locator(f'[data-in="{name}"]').input_value()) for name in "xy"]
    ours = OPTIMIZERS[optimizer](10**-1.5)
    w = np.array(start)
    for _ in range(30):
        ours.apply([np.array(slope(*w))], [w])
        if not (np.abs(w) < 1e6).all():
            break
    text = said(figure, "rate 0.032, 30 steps")
    if not (np.abs(w) < 1e6).all():
        assert "diverges" in text
    else:
        shown = re.search(r" to (\S+(?: · 10\^\S+)?)\.$", text)[1]
        shown = float(shown.replace(" · 10^", "e").replace("−", "-"))
        assert shown == pytest.approx(loss(*w), rel=0.06)
