"""Sliders of the interactive figures, moved as a reader without a mouse moves them."""

import pytest


def slide(page, name, value):
    """Move a slider with the keyboard alone: to its start, then step by step."""
    slider = page.locator(f"[data-in={name}]")
    slider.press("Home")
    low, step = (float(slider.get_attribute(key)) for key in ("min", "step"))
    for _ in range(round((value - low) / step)):
        slider.press("ArrowRight")
    assert float(slider.input_value()) == pytest.approx(value)
