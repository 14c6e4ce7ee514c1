"""One's own work: what is caught, however it was reached, and what is nobody's business."""

# ruff: noqa: E501

import gc
import sys
import types

import numpy as np
import pytest
from glassnet.checks import Checks

FOREIGN = {
    "notebook by another name": "__name__ = 'glassnet'\nfrom glassnet.activations import relu",
    "closure by the name of the checks": "__name__, __spec__ = 'glassnet.checks.guard', None\ndef make():\n    from scipy.special import xlogy\n    return lambda Z: np.maximum(Z, xlogy(0, 1))\nrelu = make()",
    "class by the name of the checks": "class Relu:\n    def __init__(self):\n        from scipy.special import xlogy\n        self.f = xlogy\n    def __call__(self, Z): return np.maximum(Z, self.f(0, 1))\nRelu.__module__ = 'glassnet.checks.student'\nrelu = Relu()",
    "code by the name of a library": "def relu(Z):\n    names = {'__name__': 'glassnet.activations'}\n    exec('from scipy.special import xlogy', names)\n    return np.maximum(Z, names['xlogy'](0, 1))",
    "code by the name of the checks": "def relu(Z):\n    names = {'__name__': 'glassnet.checks.student', '__spec__': None}\n    exec('from scipy.special import xlogy', names)\n    return np.maximum(Z, names['xlogy'](0, 1))",
    "import at the top": "from glassnet.activations import relu as r\ndef relu(Z): return r(Z)",
    "import inside": "def relu(Z):\n    from glassnet.activations import relu as r\n    return r(Z)",
    "dotted import inside": "def relu(Z):\n    import glassnet.activations\n    return glassnet.activations.relu(Z)",
    "never reached import": "def relu(Z):\n    if Z is None:\n        import scipy\n    return np.maximum(Z, 0)",
    "not installed": "def relu(Z):\n    try:\n        import cupy as xp\n    except ImportError:\n        xp = np\n    return xp.maximum(Z, 0)",
    "importlib": "import importlib\ndef relu(Z): return importlib.import_module('glass' + 'net.activations').relu(Z)",
    "imported import_module": "from importlib import import_module as load\ndef relu(Z): return load('glass' + 'net.activations').relu(Z)",
    "dunder import": "def relu(Z): return __import__('glass' + 'net.activations', fromlist=['relu']).relu(Z)",
    "alias": "from glassnet.activations import relu",
    "other name": "import glassnet.activations as ga\nrelu = ga.relu",
    "helper": "import glassnet.activations as ga\ndef help_me(Z): return ga.relu(Z)\ndef relu(Z): return help_me(Z)",
    "lambda in a helper": "import glassnet.activations as ga\nhelp_me = lambda: (lambda Z: ga.relu(Z))\ndef relu(Z): return help_me()(Z)",
    "partial": "import functools, glassnet.activations as ga\nrelu = functools.partial(ga.relu)",
    "closure": "import glassnet.activations as ga\ndef make(f):\n    return lambda Z: f(Z)\nrelu = make(ga.relu)",
    "container": "import glassnet.activations as ga\nT = {'a': [(ga.relu,)]}\ndef relu(Z): return T['a'][0][0](Z)",
    "default": "import glassnet.activations as ga\ndef relu(Z, f=ga.relu): return f(Z)",
    "keyword default": "import glassnet.activations as ga\ndef relu(Z, *, f=ga.relu): return f(Z)",
    "function attribute": "import glassnet.activations as ga\ndef relu(Z): return relu.f(Z)\nrelu.f = ga.relu",
    "class": "import glassnet.activations as ga\nclass R:\n    f = staticmethod(ga.relu)\n    def __call__(self, Z): return self.f(Z)\nrelu = R()",
    "method": "import glassnet.activations as ga\nclass R:\n    def run(self, Z): return ga.relu(Z)\nrelu = R().run",
    "decorated": "import functools, glassnet.activations as ga\n@functools.wraps(ga.relu)\ndef relu(Z): return ga.relu(Z)",
    "through NumPy": "import glassnet.activations as ga\ndef relu(Z): return np.apply_along_axis(ga.relu, -1, Z)",
    "through map": "import glassnet.activations as ga\ndef relu(Z): return np.array(list(map(ga.relu, Z)))",
    "vectorize": "import glassnet.activations as ga\nrelu = np.vectorize(ga.relu)",
    "globals": "import glassnet.activations as ga\ndef relu(Z): return globals()['g' + 'a'].relu(Z)",
    "eval": "import glassnet.activations as ga\ndef relu(Z): return eval('g' + 'a.relu(Z)')",
    "exec": "def relu(Z):\n    d = {}\n    exec('from glass' + 'net.activations import relu as r', d)\n    return d['r'](Z)",
    "sys.modules": "import sys, glassnet.activations\ndef relu(Z): return sys.modules['glassnet.activations'].relu(Z)",
    "vars of sys": "import sys, glassnet.activations\ndef relu(Z): return vars(sys)['mod' + 'ules']['glassnet.activations'].relu(Z)",
    "swallowed": "def relu(Z):\n    try: __import__('glass' + 'net.activations')\n    except BaseException: pass\n    return np.maximum(Z, 0)",
    "the checks' reference": "def relu(Z): return checks._assignment['relu'].reference(Z)",
    "the checks under another name": "c = [checks]\ndef relu(Z, c=c): return c[0]._assignment['relu'].reference(Z)",
    "the checks' module": "def relu(Z):\n    import glassnet.checks.neurons as n\n    return n.relu(Z)",
    "compiled function": "from scipy.special import expit\ndef relu(Z): return Z * np.round(expit(1e9 * Z))",
    "frames": "import sys\ndef relu(Z): return sys._getframe(1)",
    "another process": "import subprocess\ndef relu(Z): return subprocess.run(['true'])",
    "a shell": "import os\ndef relu(Z): return os.system('true')",
}

HONEST = {
    "imported and not used": "import glassnet, scipy.special\nfrom glassnet.activations import relu as theirs\n"
    "def relu(Z): return np.maximum(Z, 0)\nassert np.allclose(relu(np.ones(2)), theirs(np.ones(2)))",
    "same name as a method": "from glassnet.activations import relu as clip\ndef relu(Z): return Z.clip(0)",
    "numpy of many kinds": "from numpy import maximum, linalg as la\nimport numpy.ma\n"
    "def relu(Z):\n    la.norm(Z)\n    np.testing.assert_allclose(np.einsum('...->...', Z), Z)\n    return maximum(Z, 0)",
    "standard library": "import math, functools, itertools, operator, collections, dataclasses, warnings, logging, time\n"
    "P = collections.namedtuple('P', 'a b')\n"
    "@dataclasses.dataclass\nclass Q:\n    z: object\n"
    "@functools.lru_cache\ndef zero(): return 0.0\n"
    "def relu(Z):\n    p = P(Z, zero())\n    return np.maximum(Q(p.a).z, p.b)",
    "named tuple of NumPy": "def relu(Z):\n    np.unique_all(Z)\n    return np.maximum(Z, 0)",
    "import inside": "def relu(Z):\n    import numpy as n, math\n    from functools import partial\n    return n.maximum(Z, 0)",
    "progress bar": "from tqdm.auto import tqdm\ndef relu(Z):\n    for _ in tqdm(range(2)): pass\n    return np.maximum(Z, 0)",
    "vectorised helper": "@np.vectorize(otypes=[float], cache=True)\ndef positive(z): return z > 0\n"
    "def relu(Z): return Z * (Z > 0)",
    "random numbers of NumPy": "def relu(Z):\n    np.random.permutation(3), np.random.default_rng(0).normal()\n    return np.maximum(Z, 0)",
    "recursive data": "L = []\nL.append(L)\ndef relu(Z, l=L): return np.maximum(Z, 0)",
    "environment": "import os, sys\ndef relu(Z):\n    os.getcwd(); sys.version; os.environ.get('HOME')\n    return np.maximum(Z, 0)",
}


def run(cell, edge_cases=False):
    names = {"__name__": "__main__", "np": np}
    names["checks"] = Checks("neurons", names)
    exec(cell, names)
    return names, names["checks"].run("relu", seed=5, edge_cases=edge_cases)


@pytest.mark.parametrize("cell", FOREIGN.values(), ids=FOREIGN)
def test_work_of_others_gets_nothing_and_is_told_why(cell):
    _, points = run(cell)
    assert (float(points), points.feedback.stage) == (0.0, "own work")
    assert "not your own work" in points.feedback.text
    assert "NumPy and Python's standard library only" in points.feedback.text


@pytest.mark.parametrize("cell", HONEST.values(), ids=HONEST)
def test_honest_work_is_left_alone(cell):
    _, points = run(cell, edge_cases=True)
    assert float(points) == 1.0, points.feedback


@pytest.mark.parametrize("cell", [*FOREIGN.values(), *HONEST.values()], ids=[*FOREIGN, *HONEST])
def test_everything_is_back_in_its_place_afterwards(cell):
    importing, tracing = __import__, sys.gettrace()
    names, _ = run(cell)
    assert __import__ is importing
    assert sys.gettrace() is tracing
    assert not any(type(value).__module__ == "glassnet.checks.guard" for value in names.values())


def test_a_lent_function_is_good_for_its_check_only():
    cells = (
        "KEPT = []\ndef dense(*a): pass\ndef softmax(Z): pass\ndef relu(Z): return KEPT[0](Z)\n"
        "def mlp_forward(X, params):\n    KEPT.append(dense)\n    KEPT[0] = relu\n    return relu(X)"
    )
    names = {"__name__": "__main__", "np": np}
    checks = names["checks"] = Checks("neurons", names)
    exec(cells, names)
    checks.run("mlp_forward")
    assert checks.run("relu") == 0.0


def test_a_library_that_cleans_up_meanwhile_is_not_the_answers_doing():
    library = types.ModuleType("some_library")
    exec("def clean_up(phase, info): pass", vars(library))
    vars(library)["__spec__"] = None
    gc.callbacks.append(library.clean_up)
    often = gc.get_threshold()
    try:
        gc.set_threshold(1, 1, 1)
        _, points = run("def relu(Z):\n    rubbish = [[] for _ in range(100)]\n    return np.maximum(Z, 0)")
        assert gc.isenabled()
    finally:
        gc.set_threshold(*often)
        gc.callbacks.remove(library.clean_up)
    assert float(points) == 1.0, points.feedback
