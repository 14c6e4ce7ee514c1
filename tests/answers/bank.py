"""The answer bank: reads it, and grades answers by running a solution's cells with one cell replaced.

A file `<slug>/<function>.py` holds answers to one function, each under a line of its own:

    # %% wrong: <name> | <points expected of 3> | <part of the message expected>
    # %% right: <name>
"""

import ast
import contextlib
import importlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade, is_locked, is_solution

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEAD = re.compile(r"# %% (wrong|right): ([^|\n]+?)(?: \| ([\d.]+) \| (.+))?$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One answer of the bank: to which function, what it is worth, and part of the message it must get."""

    function: str
    name: str
    right: bool
    expected: float | None
    fragment: str
    code: str


def slugs():
    """Assignments that have a bank."""
    return sorted(folder.name for folder in HERE.iterdir() if folder.is_dir() and folder.name[0] not in "._")


def answers(slug):
    """All answers of an assignment's bank."""
    found = []
    for path in sorted((HERE / slug).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        heads = list(HEAD.finditer(text))
        if len(heads) != text.count("# %%"):
            raise ValueError(f"{path.name}: a line that starts with '# %%' is not of the form the bank needs")
        for head, after in zip(heads, [*heads[1:], None], strict=True):
            kind, name, points, fragment = head.groups()
            if (kind == "wrong") != (points is not None):
                raise ValueError(
                    f"{path.name}, {name}: a wrong answer, and no right one, has points and a message"
                )
            code = text[head.end() : after.start() if after else None].strip()
            expected = None if points is None else float(points)
            found.append(Answer(path.stem, name, kind == "right", expected, fragment or "", code))
    return found


def notebook(folder, slug):
    """Notebook of an assignment in "solutions" or "exercises"."""
    return nbformat.read(ROOT / folder / slug / f"{slug}.ipynb", as_version=4)


def grade_id(cell):
    """The cell's name for nbgrader, or None."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def replaced(nb, codes):
    """Replace the code of solution cells in a notebook: {grade_id: code}."""
    left = dict(codes)
    for cell in nb.cells:
        if cell.cell_type == "code" and is_solution(cell) and grade_id(cell) in left:
            cell.source = left.pop(grade_id(cell))
    if left:
        raise ValueError(f"no solution cell for {', '.join(left)}")
    return nb


def graded(nb, functions=None):
    """Run a notebook's cells that nbgrader knows, as a kernel would: {grade_id: (points, maximum, printed)}.

    An exception ends its own cell, no other, and costs the points of a test cell.

    Args:
        nb: the notebook.
        functions: leave out the checks of all but these.
    """
    namespace, results = {"__name__": "__main__"}, {}
    for cell in nb.cells:
        if cell.cell_type != "code" or not (is_solution(cell) or is_grade(cell) or is_locked(cell)):
            continue
        if is_grade(cell) and functions is not None and function_of(grade_id(cell)) not in functions:
            continue
        out, err = io.StringIO(), io.StringIO()
        value, failed = None, False
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                value = _run(cell.source, namespace)
            except Exception as error:
                failed = True
                print(f"{type(error).__name__}: {error}")
        if is_grade(cell):
            maximum = float(cell.metadata.nbgrader.points)
            earned = 0.0 if failed or err.getvalue() else maximum if value is None else float(value)
            results[grade_id(cell)] = (earned, maximum, " ".join(out.getvalue().split()))
    return results


def _run(source, namespace):
    """Execute a cell and return the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    return last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)


def function_of(name):
    """The function a check's cell is about."""
    return re.sub(r"-(check|hidden)$", "", name)


def concerned(slug, function):
    """Functions whose points an answer to `function` can change: it, and what builds on it."""
    assignment = importlib.import_module(f"glassnet.checks.{slug}").ASSIGNMENT
    return {f.name for f in assignment.functions if function == f.name or function in f.uses}


def points_by_function(results):
    """Points of a function are those of its visible and its hidden checks: {function: points}."""
    points = {}
    for name, (earned, _, _) in results.items():
        function = function_of(name)
        points[function] = points.get(function, 0.0) + earned
    return points


def message(results, function):
    """What the first check of a function that took points off printed, or else its visible check."""
    texts = {name: (points < maximum, text) for name, (points, maximum, text) in results.items()}
    own = [found for name, found in texts.items() if re.fullmatch(f"{function}-.*", name)]
    return next((text for failed, text in own if failed), own[0][1])
