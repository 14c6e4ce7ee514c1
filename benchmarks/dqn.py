"""Deep Q-learning on CartPole, complete and with an ingredient left out, over several seeds.

``--csv FILE`` writes the mean return of twenty greedy episodes after every two thousand steps of training,
with where, when and with which versions it was made. ``--episodes`` trains one agent and prints an episode
each of three (chance, a rule, the agent at its best) for ``book/_figures/cartpole.html``. The book's chapter
on deep Q-learning shows ``benchmarks/dqn.csv`` and trains one of its agents again.
"""

import argparse
import importlib.util
import json
import os
import time
from pathlib import Path

import glassnet
import numpy as np
import record

SCRIPTS = Path(__file__).resolve().parents[1] / "book" / "_scripts"
# This file has the same name as the module that it runs.
spec = importlib.util.spec_from_file_location("dqn_script", SCRIPTS / "dqn.py")
dqn = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dqn)

STEPS, EVERY = 20_000, 2000
SEEDS = range(1, 6)
TESTED_ON = range(1000, 1020)  # seeds of the episodes that judge
# name: what dqn.train is told to leave out
LEFT_OUT = {
    "complete": {},
    "no target network": {"target_every": 1},
    "no replay": {"replay": False},
}


def run(left_out, seed, best=None):
    """Returns along the training, and its seconds; ``best`` is a list for the best network's weights."""
    glassnet.utils.set_random_seed(seed)
    network, target = dqn.cartpole_network(glassnet), dqn.cartpole_network(glassnet)
    env, judge, curve = dqn.cartpole(), dqn.cartpole(), []

    def measure(step, network):
        if step % EVERY == 0:
            returns = dqn.play_many(judge, lambda S: network(S).argmax(axis=1), TESTED_ON)
            if best is not None and returns.mean() >= max(curve, default=0):
                best[:] = [w.copy() for w in network.get_weights()]
            curve.append(float(returns.mean()))

    started = time.process_time()
    dqn.train(env, network, target, STEPS, seed, each=measure, **left_out)
    return curve, time.process_time() - started


def episodes(seed):
    """Pushes, places and angles (in 1e-5 m and rad) of one episode each of three agents."""
    best = []
    run({}, seed, best)
    network = dqn.cartpole_network(glassnet)
    network.set_weights(best)
    rng = np.random.default_rng(0)
    policies = {
        "chance": lambda s: int(rng.integers(2)),
        "rule": lambda s: int(s[2] > 0),
        "network": lambda s: dqn.greedy(network, s),
    }
    env, shown = dqn.cartpole(), {}
    for name, policy in policies.items():
        states, actions, _, _ = dqn.play(env, policy, seed=3)
        # The pole is unstable: pushes and start alone would not reproduce an episode on another machine.
        x, angle = np.rint(1e5 * states[:, [0, 2]] * [2.4, 0.21]).astype(int).T.tolist()
        shown[name] = {"pushes": "".join(map(str, actions)), "x": x, "angle": angle}
    return shown


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--csv", metavar="FILE")
    parser.add_argument("--episodes", action="store_true")
    args = parser.parse_args()
    if args.episodes:
        print(json.dumps(episodes(seed=1)))
        return
    rows = []
    for seed in SEEDS:
        for network, left_out in LEFT_OUT.items():
            curve, seconds = run(left_out, seed)
            print(network, seed, [round(value) for value in curve], f"{seconds:.1f} s", flush=True)
            for k, value in enumerate(curve, start=1):
                row = {"network": network, "seed": seed, "step": EVERY * k, "mean_return": value}
                rows.append(row | {"processor_seconds": seconds})
    if args.csv:
        origin = record.provenance(["gymnasium", "glassnet", "numpy"], f"{os.cpu_count()} cores")
        record.write(args.csv, rows, origin)


if __name__ == "__main__":
    main()
