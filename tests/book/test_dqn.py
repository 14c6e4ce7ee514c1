"""What the chapter on deep Q-learning says of its code, held against hand-made cases and gymnasium."""

import sys

import glassnet
import gymnasium as gym
import numpy as np
import pytest
from chapter_pattern import BOOK

sys.path.append(str(BOOK / "_scripts"))
import dqn


class Line(gym.Env):
    """Five places in a row; the right end pays 1 and ends the walk, the left end is a wall."""

    observation_space = gym.spaces.Box(0, 1, (5,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.place = 0
        return np.eye(5, dtype="float32")[self.place], {}

    def step(self, action):
        self.place = max(0, self.place + (1 if action else -1))
        ended = self.place == 4
        return np.eye(5, dtype="float32")[self.place], float(ended), ended, False, {}


def linear():
    """A table of values, written as a network."""
    model = glassnet.Sequential([glassnet.Input((5,)), glassnet.layers.Dense(2, use_bias=False)])
    model.compile(glassnet.optimizers.SGD(0.5), "mse")
    return model


def test_replay_keeps_the_youngest():
    memory = dqn.Replay(3, (1,))
    for k in range(5):
        memory.add([k], k, 10 * k, [k + 1], k == 4)
    assert len(memory) == 3
    states, actions, rewards, following, ended = memory.latest(3)
    np.testing.assert_array_equal(actions, [2, 3, 4])
    np.testing.assert_array_equal(following[:, 0], states[:, 0] + 1)
    np.testing.assert_array_equal(ended, [0, 0, 1])
    states, actions, rewards, *_ = memory.sample(50, np.random.default_rng(0))
    assert set(actions) == {2, 3, 4}
    np.testing.assert_array_equal(rewards, 10 * actions)
    np.testing.assert_array_equal(states[:, 0], actions)


def test_targets_change_the_taken_action_only_and_stop_at_the_end():
    values = np.array([[1.0, 2.0], [3.0, 5.0]])
    batch = np.zeros((2, 1)), np.array([1, 0]), np.array([7.0, 8.0]), np.zeros((2, 1)), np.array([0.0, 1.0])
    Y = dqn.targets(batch, lambda _: values, lambda _: values + 10, gamma=0.5)
    np.testing.assert_allclose(Y, [[1, 7 + 0.5 * 12], [8, 5]])
    np.testing.assert_array_equal(values, [[1, 2], [3, 5]])


@pytest.mark.parametrize("replay", [True, False])
def test_a_walk_is_learnt_to_the_values_of_bellmans_equation(replay):
    glassnet.utils.set_random_seed(0)
    network, target = linear(), linear()
    returns = dqn.train(
        Line(),
        network,
        target,
        steps=4000,
        seed=0,
        gamma=0.5,
        batch_size=16,
        learn_from=16,
        target_every=10,
        explore_over=8000,
        replay=replay,
    )
    Q = network(np.eye(5, dtype="float32"))[:4]
    # To the right: 0.5 to the power of the steps that are left; to the left: one step back, or the wall.
    right = 0.5 ** np.arange(3, -1, -1)
    left = 0.5 * np.array([right[0], right[0], right[1], right[2]])
    np.testing.assert_allclose(Q, np.column_stack([left, right]), atol=0.02)
    assert set(returns) == {1.0}


def test_exploration_falls_in_a_straight_line_to_its_last_value():
    assert dqn.exploration(0, 100) == 1
    assert dqn.exploration(50, 100, last=0.1) == pytest.approx(0.55)
    assert dqn.exploration(1000, 100, last=0.1) == 0.1


def test_episodes_side_by_side_are_those_played_alone():
    env = dqn.cartpole()
    alone = [dqn.play(env, lambda s: int(s[3] > 0), seed)[2].sum() for seed in range(4)]
    together = dqn.play_many(env, lambda S: S[:, 3] > 0, range(4))
    np.testing.assert_array_equal(together, alone)
    assert len(set(alone)) > 1


def test_the_same_seed_gives_the_same_training():
    runs = []
    for _ in range(2):
        glassnet.utils.set_random_seed(3)
        runs.append(dqn.train(Line(), linear(), linear(), steps=300, seed=3, explore_over=200))
    assert runs[0] == runs[1]
