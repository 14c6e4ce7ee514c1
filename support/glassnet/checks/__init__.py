"""Checks that teach: what the test cells of the exercises call.

    from glassnet.checks import Checks

    checks = Checks("neurons", globals())
    checks.run("dense")                                    # in sight of the student: one point
    checks.run("dense", points=2, seed=7, edge_cases=True) # hidden: other data and edge cases

A function is checked in this order: it exists, is the student's own work, and returns the right type,
shape, dtype and values; then come its edge cases. The first thing that is wrong is said in a sentence or
two. How an assignment is described: `glassnet.checks.spec`; an example: `glassnet.checks.neurons`.
"""

from .engine import Checks

__all__ = ["Checks"]
