"""The library stays small, quick to import and documented."""

import ast
import inspect
import io
import subprocess
import sys
import tokenize
from pathlib import Path

import glassnet
import pytest

ROOT = Path(glassnet.__file__).parent
MODULES = [
    p
    for p in sorted(ROOT.rglob("*.py"))
    if not {"checks", "datasets"} & set(p.parts) and p.name != "plots.py"
]
LIMIT = 2_171


def lines_of_code(path):
    """Lines that hold code: no blank lines, comments or docstrings."""
    source = path.read_text()
    documentation = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and ast.get_docstring(node) is not None
        ):
            documentation |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    silent = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - documentation)


def test_the_library_stays_small():
    counts = {str(p.relative_to(ROOT)): lines_of_code(p) for p in MODULES}
    assert sum(counts.values()) <= LIMIT, counts
    assert len((ROOT / "autodiff.py").read_text().splitlines()) < 200


def test_import_needs_numpy_only_and_adds_little():
    script = (
        "import sys, numpy.random; before = set(sys.modules); import glassnet; "
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before} - set(sys.stdlib_module_names)))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["glassnet"]


@pytest.mark.parametrize("name", ["Dense", "Conv2D", "BatchNormalization", "SimpleRNN", "Adam"])
def test_the_steps_that_the_book_prints_fit_a_screen(name):
    home = glassnet.layers if hasattr(glassnet.layers, name) else glassnet.optimizers
    cls = getattr(home, name)
    steps = [getattr(cls, m) for m in ("forward", "backward", "backward_from_Z", "update") if m in vars(cls)]
    assert sum(len(inspect.getsource(step).splitlines()) for step in steps) <= 40


def test_arrows_run_one_way():
    """Within the package, a module imports at its head only from those below it."""
    ranks = [
        "config",
        "utils",
        "activations",
        "initializers",
        "layers",
        "losses",
        "optimizers",
        "metrics",
        "callbacks",
    ]
    for path in MODULES:
        home = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.ImportFrom)
                and (node.module or "").startswith("glassnet")
                and home in ranks
            ):
                names = (
                    [a.name for a in node.names] if node.module == "glassnet" else [node.module.split(".")[1]]
                )
                assert all(ranks.index(name) <= ranks.index(home) for name in names), (path, names)
