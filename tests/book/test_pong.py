"""The way from Atari frames to the network's input, on frames made up here: no game is needed."""

import sys

import gymnasium as gym
import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import dqn
import pong


class MadeUp(gym.Env):
    """Frames of the size of Atari's, a bright ball that moves and flickers, and a reward now and then."""

    observation_space = gym.spaces.Box(0, 255, (210, 160, 3), np.uint8)
    action_space = gym.spaces.Discrete(3)

    def __init__(self, length=150):
        self.length = length

    def frame(self):
        frame = np.full((210, 160, 3), 40, dtype="uint8")
        frame[:30] = 200  # the score
        if self.t % 2 == 0:  # drawn in every other frame only
            frame[60 + self.t % 100, 20 + self.t % 100] = 255
        return frame

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return self.frame(), {}

    def step(self, action):
        self.t += 1
        return self.frame(), 5.0 * (self.t % 20 == 0) - (self.t % 33 == 0), self.t >= self.length, False, {}


def by_blocks(frame):
    """Grey, cropped, shrunk from 160 to 84 pixels: 21 copies of each pixel, then means of 40 × 40."""
    grey = frame[34:194].astype(float) @ [0.299, 0.587, 0.114]
    large = np.repeat(np.repeat(grey, 21, axis=0), 21, axis=1)
    return large.reshape(84, 40, 84, 40).mean(axis=(1, 3))


def test_a_picture_is_the_mean_grey_of_what_it_covers():
    frame = np.random.default_rng(0).integers(0, 256, (210, 160, 3), dtype=np.uint8)
    small = pong.picture(frame)
    assert small.dtype == np.uint8
    assert np.abs(small - by_blocks(frame)).max() < 0.502  # rounded
    with pytest.raises(ValueError, match=r"expected a frame of shape \(210, 160, 3\), got \(84, 84\)"):
        pong.picture(small)


def test_hundreds_of_steps_through_the_whole_pipeline():
    game, raw = MadeUp(), MadeUp()
    env = pong.Pictures(game)
    state, _ = env.reset(seed=0)
    raw.reset(seed=0)
    assert (state == state[..., :1]).all()
    expected, ends = [pong.picture(raw.frame())] * 4, 0
    for _ in range(300):
        state, reward, terminated, truncated, _ = env.step(1)
        frames, total = [], 0.0
        for _ in range(4):
            frame, r, over, _, _ = raw.step(1)
            frames.append(frame)
            total += r
            if over:
                break
        expected = [*expected[1:], pong.picture(np.maximum(*frames[-2:]))]
        assert env.observation_space.contains(state)
        np.testing.assert_array_equal(state, np.stack(expected, axis=-1))
        assert reward == np.sign(total)
        assert terminated == over
        assert not truncated
        if terminated:
            ends += 1
            env.reset()
            raw.reset()
            expected = [pong.picture(raw.frame())] * 4
    assert ends == 7  # 150 frames are 38 actions, the last of them cut short


def test_the_ball_is_in_every_picture_although_it_flickers():
    env = pong.Pictures(MadeUp())
    env.reset()
    for _ in range(20):
        state, *_ = env.step(0)
        assert state[..., -1].max() > 45


def test_the_chapters_code_trains_the_convolutional_network_on_it():
    online, target = pong.network(3), pong.network(3)
    before = [w.copy() for w in online.get_weights()]
    returns = dqn.train(
        pong.Pictures(MadeUp(40)),
        online,
        target,
        steps=40,
        seed=0,
        size=100,
        batch_size=8,
        learn_from=16,
        train_every=8,
        target_every=20,
        dtype="uint8",
    )
    assert len(returns) == 4
    assert all(np.isfinite(w).all() for w in online.get_weights())
    assert any((w != b).any() for w, b in zip(online.get_weights(), before, strict=True))
