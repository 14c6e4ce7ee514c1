"""Sliders and radio buttons of the interactive figures, used as a reader without a mouse uses them."""

import pytest


def slide(page, name, value):
    """Move a slider with the keyboard alone: to its start, then step by step."""
    slider = page.locator(f"[data-in={name}]")
    slider.press("Home")
    low, step = (float(slider.get_attribute(key)) for key in ("min", "step"))
    for _ in range(round((value - low) / step)):
        slider.press("ArrowRight")
    assert float(slider.input_value()) == pytest.approx(value)


def choose(page, group, value, most=10):
    """Walk through radio buttons with the arrow keys until this one is chosen."""
    for _ in range(most):
        chosen = page.locator(f"input[name={group}]:checked")
        if chosen.get_attribute("value") == str(value):
            return
        chosen.press("ArrowRight")
    raise AssertionError(f"no arrow key reaches {value}")
