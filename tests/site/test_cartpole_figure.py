"""The replay of CartPole: its episodes are Gymnasium's, and it is worked by keyboard."""

import json
import re
from pathlib import Path

import gymnasium as gym
import numpy as np
import pytest
from playwright.sync_api import expect

SOURCE = (Path(__file__).parents[2] / "book" / "_figures" / "cartpole.html").read_text(encoding="utf-8")
RECORDED = json.loads(re.search(r"const recorded = (\{.*?\});", SOURCE)[1])
AGENTS = ("chance", "rule", "network")


def states(agent):
    """Places in metres and angles in radians, one more than pushes."""
    record = RECORDED[agent]
    assert len(record["x"]) == len(record["angle"]) == len(record["pushes"]) + 1
    return np.array([record["x"], record["angle"]]).T / 1e5


@pytest.mark.parametrize("agent", AGENTS)
def test_the_record_moves_as_gymnasium_moves(agent):
    """Speeds follow from two places; the next speeds must be those that Gymnasium computes for the push."""
    env = gym.make("CartPole-v1").unwrapped
    env.reset(seed=0)
    path = states(agent)
    speed = np.diff(path, axis=0) / env.tau
    for t, push in enumerate(RECORDED[agent]["pushes"][:-1]):
        env.state = np.array([path[t, 0], speed[t, 0], path[t, 1], speed[t, 1]])
        env.steps_beyond_terminated = None
        env.step(int(push))
        np.testing.assert_allclose(env.state[[1, 3]], speed[t + 1], atol=3e-3)


@pytest.mark.parametrize("agent", AGENTS)
def test_the_record_is_a_whole_episode(agent):
    path = states(agent)
    over = (np.abs(path) > [2.4, np.radians(12)]).any(axis=1)
    assert not over[:-1].any()
    assert over[-1] or len(path) == 501
    if agent == "rule":
        pushes = np.array(list(RECORDED[agent]["pushes"]), dtype=int)
        np.testing.assert_array_equal(pushes, path[:-1, 1] > 0)


def test_the_network_lasts_longest_and_all_begin_alike():
    np.testing.assert_array_equal(states("chance")[0], states("network")[0])
    np.testing.assert_array_equal(states("rule")[0], states("network")[0])
    lasts = [len(RECORDED[agent]["pushes"]) for agent in AGENTS]
    assert lasts[2] > 2 * max(lasts[:2])


@pytest.mark.parametrize("agent", AGENTS)
def test_it_shows_what_is_recorded(open_figure, agent):
    page = open_figure("cartpole")
    page.locator('[data-in="agent"]').select_option(agent)
    path = states(agent)
    for step in {0, 1, len(path) // 2, len(path) - 1}:
        page.locator('[data-in="step"]').fill(str(step))
        said = page.locator("[data-said]").inner_text().replace("−", "-")
        x, angle = re.search(r"cart is at (-?[\d.]+), the pole at (-?[\d.]+)°", said).groups()
        assert float(x) == pytest.approx(path[step, 0], abs=0.0051)
        assert float(angle) == pytest.approx(np.degrees(path[step, 1]), abs=0.051)
        assert f"after {len(path) - 1} steps" in said
        tip = [float(page.locator("[data-pole]").get_attribute(name)) for name in ("x2", "y2")]
        np.testing.assert_allclose(np.arctan2(tip[0], 122 - tip[1]), path[step, 1], atol=0.002)


def test_it_stands_still_until_play_is_pressed_and_pauses_by_keyboard(open_figure):
    page = open_figure("cartpole")
    page.emulate_media(reduced_motion="no-preference")
    step, button = page.locator('[data-in="step"]'), page.locator('[data-do="play"]')
    before = step.input_value()
    page.wait_for_timeout(150)
    assert step.input_value() == before
    step.fill("0")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Pause")
    expect(step).not_to_have_value("0")
    page.keyboard.press("Space")
    expect(button).to_have_text("Play")
    stopped = step.input_value()
    page.wait_for_timeout(150)
    assert step.input_value() == stopped
    step.focus()
    page.keyboard.press("ArrowRight")
    assert step.input_value() == str(int(stopped) + 1)


def test_who_wants_no_motion_gets_still_frames(open_figure):
    page = open_figure("cartpole")
    page.emulate_media(reduced_motion="reduce")
    step, button = page.locator('[data-in="step"]'), page.locator('[data-do="play"]')
    expect(button).to_have_text("10 steps on")
    step.fill("0")
    button.press("Enter")
    assert step.input_value() == "10"
    page.wait_for_timeout(150)
    assert step.input_value() == "10"


def test_without_script_a_picture_stands(browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_content(SOURCE)
    expect(page.locator(".cp-controls")).to_be_hidden()
    expect(page.locator("svg")).to_have_attribute("role", "img")
    assert (
        len(page.locator("[data-angle]").get_attribute("points").split())
        == len(RECORDED["network"]["pushes"]) + 1
    )
