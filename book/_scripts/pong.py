"""Deep Q-learning on Atari Pong: the chapter's code on pictures.

``pip install ale-py`` first: the games come with that package, and nothing of
them is part of this course. Then ``python book/_scripts/pong.py`` trains for a
million actions, which is a matter of hours on two cores; ``--steps 2000`` shows
that it runs.
"""

import argparse
import sys
from collections import deque
from pathlib import Path

import gymnasium as gym
import numpy as np

sys.path.append(str(Path(__file__).parent))
import dqn

SIDE, FRAMES = 84, 4
TOP, BOTTOM = 34, 194  # rows of the field; the score stands above it
GREY = np.array([0.299, 0.587, 0.114], "float32")  # brightness, ITU-R BT.601


def shrinking(n, m):
    """Matrix (m, n) that makes m of n pixels, means of what they cover."""
    edges = np.arange(m + 1) * n / m
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(n)
    covered = np.minimum(high, pixel + 1) - np.maximum(low, pixel)
    return (np.maximum(covered, 0) * m / n).astype("float32")


SHRINK = shrinking(BOTTOM - TOP, SIDE)


def picture(frame):
    """Frame uint8 (210, 160, 3) -> the field in grey, uint8 (84, 84)."""
    if frame.shape != (210, 160, 3):
        raise ValueError(
            f"expected a frame of shape (210, 160, 3), got {frame.shape}"
        )
    grey = frame[TOP:BOTTOM].astype("float32") @ GREY
    return np.rint(SHRINK @ grey @ SHRINK.T).astype("uint8")


class Pictures(gym.Wrapper):
    """An Atari game as its player sees it: the last four pictures.

    They are uint8 (84, 84, 4), the youngest last. Each action is held for
    ``repeat`` frames. A picture is the brighter of the last two frames, pixel
    by pixel, since the machine drew some things in every other frame only.
    Rewards are cut to −1, 0 and 1.
    """

    def __init__(self, env, repeat=4):
        super().__init__(env)
        self.repeat = repeat
        self.observation_space = gym.spaces.Box(
            0, 255, (SIDE, SIDE, FRAMES), np.uint8
        )
        self.pictures = deque(maxlen=FRAMES)

    def reset(self, **kwargs):
        """Start a game: all four pictures are the first one."""
        frame, info = self.env.reset(**kwargs)
        self.pictures.extend([picture(frame)] * FRAMES)
        return np.stack(self.pictures, axis=-1), info

    def step(self, action):
        """Hold an action for ``repeat`` frames; add their rewards, then cut."""
        frames, total = deque(maxlen=2), 0.0
        for _ in range(self.repeat):
            frame, reward, terminated, truncated, info = self.env.step(action)
            frames.append(frame)
            total += reward
            if terminated or truncated:
                break
        self.pictures.append(picture(np.max(frames, axis=0)))
        return (
            np.stack(self.pictures, axis=-1),
            float(np.sign(total)),
            terminated,
            truncated,
            info,
        )


def network(actions):
    """The network of Mnih et al. (2015), a value for each action."""
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, FRAMES), dtype="uint8"),
            layers.Rescaling(1 / 255),
            layers.Conv2D(32, 8, strides=4, activation="relu"),
            layers.Conv2D(64, 4, strides=2, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(512, activation="relu"),
            layers.Dense(actions),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(1e-4), loss="huber")
    return model


def make_pong():
    """Pong, or a sentence that says what to install."""
    try:
        import ale_py
    except ImportError:
        sys.exit("Pong needs ale-py: pip install ale-py")
    gym.register_envs(ale_py)
    return Pictures(gym.make("ALE/Pong-v5", frameskip=1))


def main():
    """Train, and save the network."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--steps",
        type=int,
        default=1_000_000,
        help="actions to take, four frames each",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=20_000,
        help="transitions kept, 56 kB each",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--save",
        metavar="FILE",
        default="pong.keras",
        help="where the network goes at the end",
    )
    args = parser.parse_args()
    env = make_pong()
    online, target = network(env.action_space.n), network(env.action_space.n)

    def report(step, _):
        if step % 1000 == 0:
            print(f"{step:,} steps", flush=True)

    returns = dqn.train(
        env,
        online,
        target,
        args.steps,
        args.seed,
        size=args.memory,
        batch_size=32,
        learn_from=min(10_000, args.steps // 2),
        train_every=4,
        target_every=2000,
        explore_over=min(100_000, args.steps),
        each=report,
        dtype="uint8",
    )
    online.save(args.save)
    print(f"{len(returns)} games, returns of the last ten: {returns[-10:]}")
    print(f"the network is in {args.save}")


if __name__ == "__main__":
    main()
