"""Deep Q-learning with replay and a target network, for Gymnasium.

The chapter shows these functions; benchmarks/dqn.py runs them with several
seeds, and pong.py on pictures. A network is a model of glassnet or of Keras
that maps observations (n, ...) to values (n, actions).
"""

import copy

import gymnasium as gym
import numpy as np


class Replay:
    """The last ``size`` transitions (s, a, r, s', ended), to draw from."""

    def __init__(self, size, shape, dtype="float32"):
        self.states = np.zeros((size, *shape), dtype)
        self.next_states = np.zeros((size, *shape), dtype)
        self.actions = np.zeros(size, "int64")
        self.rewards = np.zeros(size, "float32")
        self.ended = np.zeros(size, "float32")
        self.added = 0

    def __len__(self):
        return min(self.added, len(self.actions))

    def add(self, state, action, reward, next_state, ended):
        """Keep one transition; the oldest goes when all places are taken."""
        k = self.added % len(self.actions)
        self.states[k], self.next_states[k] = state, next_state
        self.actions[k], self.rewards[k], self.ended[k] = action, reward, ended
        self.added += 1

    def take(self, places):
        """Transitions at these places of the memory, as five arrays."""
        return (
            self.states[places],
            self.actions[places],
            self.rewards[places],
            self.next_states[places],
            self.ended[places],
        )

    def sample(self, n, rng):
        """Draw n transitions with equal chances."""
        return self.take(rng.integers(len(self), size=n))

    def latest(self, n):
        """Take the n youngest transitions."""
        last = np.arange(self.added - n, self.added)
        return self.take(last % len(self.actions))


def cartpole():
    """CartPole-v1 with observations of about the same size in all places."""
    scale = np.array([2.4, 2.0, 0.21, 2.0], dtype="float32")
    env = gym.make("CartPole-v1")
    space = gym.spaces.Box(-np.inf, np.inf, (4,), np.float32)
    return gym.wrappers.TransformObservation(env, lambda s: s / scale, space)


def cartpole_network(engine):
    """Four inputs, two hidden layers, two values, on glassnet or keras."""
    model = engine.Sequential(
        [
            engine.Input((4,)),
            engine.layers.Dense(64, activation="relu"),
            engine.layers.Dense(64, activation="relu"),
            engine.layers.Dense(2),
        ]
    )
    model.compile(optimizer=engine.optimizers.Adam(0.001), loss="mse")
    return model


def targets(batch, network, target_network, gamma):
    """What to train towards: own values, but for the action that was taken."""
    states, actions, rewards, next_states, ended = batch
    best_next = np.asarray(target_network(next_states)).max(axis=1)
    Y = np.array(network(states))
    Y[np.arange(len(actions)), actions] = (
        rewards + gamma * (1 - ended) * best_next
    )
    return Y


def greedy(network, state):
    """The action of the largest value."""
    return int(np.argmax(np.asarray(network(state[None]))[0]))


def exploration(step, over, last=0.05):
    """Share of random actions: from 1 down to ``last``, in a straight line."""
    return max(last, 1 - (1 - last) * step / over)


def train(
    env,
    network,
    target_network,
    steps,
    seed,
    gamma=0.99,
    size=20_000,
    batch_size=64,
    learn_from=500,
    train_every=2,
    target_every=200,
    explore_over=8000,
    replay=True,
    each=None,
    dtype="float32",
):
    """Deep Q-learning (Mnih et al., 2015): changes ``network``.

    Args:
        env: environment with discrete actions.
        network: what is trained; compiled.
        target_network: another model of the same architecture.
        steps: number of actions to take.
        seed: of the environment, of exploration and of replay.
        gamma: discount.
        size: transitions that are kept.
        batch_size: transitions that a training step sees.
        learn_from: steps taken before the first training step.
        train_every: steps from one training step to the next.
        target_every: steps after which the target network takes over the
            weights; 1 does without one.
        explore_over: steps over which exploration falls.
        replay: False trains on the latest transitions only.
        each: function called with (step, network) after every step.
        dtype: of the observations in memory.

    Returns:
        the return of every finished episode.
    """
    rng = np.random.default_rng(seed)
    memory = Replay(
        size if replay else batch_size, env.observation_space.shape, dtype
    )
    target_network.set_weights(network.get_weights())
    state, _ = env.reset(seed=seed)
    returns, total = [], 0.0
    for step in range(1, steps + 1):
        if rng.random() < exploration(step, explore_over):
            action = int(rng.integers(env.action_space.n))
        else:
            action = greedy(network, np.asarray(state))
        next_state, reward, terminated, truncated, _ = env.step(action)
        memory.add(
            state, action, reward, next_state, terminated
        )  # a time limit is no end
        state, total = next_state, total + reward
        if terminated or truncated:
            returns.append(total)
            state, total = env.reset()[0], 0.0
        if step >= max(learn_from, batch_size) and step % train_every == 0:
            batch = (
                memory.sample(batch_size, rng)
                if replay
                else memory.latest(batch_size)
            )
            network.train_on_batch(
                batch[0], targets(batch, network, target_network, gamma)
            )
        if step % target_every == 0:
            target_network.set_weights(network.get_weights())
        if each is not None:
            each(step, network)
    return returns


def play(env, policy, seed):
    """Play one episode: states, actions, rewards, and whether it terminated."""
    state, _ = env.reset(seed=seed)
    states, actions, rewards = [state], [], []
    terminated = truncated = False
    while not (terminated or truncated):
        action = policy(np.asarray(state))
        state, reward, terminated, truncated, _ = env.step(action)
        states.append(state)
        actions.append(action)
        rewards.append(reward)
    return np.array(states), np.array(actions), np.array(rewards), terminated


def play_many(env, policy, seeds):
    """Returns of an episode a seed, all at once; ``policy`` takes (n, ...)."""
    envs = [copy.deepcopy(env) for _ in seeds]
    states = np.array(
        [e.reset(seed=seed)[0] for e, seed in zip(envs, seeds, strict=True)]
    )
    total, alive = np.zeros(len(envs)), np.ones(len(envs), dtype=bool)
    while alive.any():
        rows = np.flatnonzero(alive)
        for row, action in zip(rows, policy(states[rows]), strict=True):
            states[row], reward, terminated, truncated, _ = envs[row].step(
                int(action)
            )
            total[row] += reward
            alive[row] = not (terminated or truncated)
    return total
