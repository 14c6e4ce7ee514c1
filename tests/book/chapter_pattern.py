"""What every chapter has in common, as checks that return sentences: a notebook is right when there are none.

Nothing is executed here. The build executes the chapters and refuses failing cells, broken references and
warnings; these checks find what would build and still be wrong: a missing section, a number typed into a
sentence, a figure nobody can hear, a quiz without an answer.
"""

import ast
import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"

# Chapters of these parts keep the whole pattern, set-up and reference pages what concerns every notebook.
PATTERN_PARTS = {"concepts", "training", "keras", "projects", "applications", "limits"}
SECTIONS = [
    "The question",
    "The idea",
    "The code",
    "The check",
    "What goes wrong",
    "Take-away",
    "Exercises",
    "Further reading",
]
READING = range(10, 31)  # minutes

ADMONITION = re.compile(r"```\{(admonition|dropdown)\} ([^\n]*)\n(.*?)\n```", re.DOTALL)
GLUED = re.compile(r"\{glue:text\}`([^`]+)`")
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
FIGURE_FILE = re.compile(r"```\{raw\} html\n:file: (\S+)\n```")
DOWNLOAD = re.compile(r"\{download\}`[^`<]*<([^>]+)>`")
MEASURED = re.compile(
    r"\d+\.\d+\s*%|\d+(?:\.\d+)?\s*(?:seconds?|ms|milliseconds?|kB|MB|GB)\b"
    r"|\b(?:accuracy|loss|error|mean|probability) (?:of|is|was) (?:about )?\d",
    re.IGNORECASE,
)
FORBIDDEN = [
    (re.compile(r"(?<![\w.])/(?:work|root|tmp|home|Users)/"), "a path of one machine"),
    (re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b"), "an unfinished place"),
    (re.compile(r"\bin this (?:section|chapter),? we\b", re.IGNORECASE), "an announcement"),
    (
        re.compile(r"\b(?:obviously|trivially|needless to say)\b", re.IGNORECASE),
        "a word that shames the reader",
    ),
    (re.compile(r"\bstate[- ]of[- ]the[- ]art|cutting[- ]edge|revolutionary\b", re.IGNORECASE), "marketing"),
]


def chapters():
    """Paths of all notebooks of the book."""
    return sorted(
        p for p in BOOK.rglob("*.ipynb") if not any(part[0] in "._" for part in p.relative_to(BOOK).parts)
    )


def read(path):
    """The notebook as it is committed, without any repair."""
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def markdown(notebook):
    """All text of a notebook, cells separated by an empty line."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code_cells(notebook):
    """The code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def problems(notebook, part):
    """Everything that is wrong with a chapter of this part of the book."""
    found = [*file(notebook), *glue(notebook), *figures(notebook), *words(notebook)]
    if part in PATTERN_PARTS:
        found += [*sections(notebook), *opening(notebook), *typed_numbers(notebook), *quiz(notebook)]
    return found


def file(notebook):
    """Valid, without outputs, with the ids that keep differences between versions small."""
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        yield f"format {notebook.nbformat}.{notebook.nbformat_minor}, expected 4.5"
        return
    ids = [cell.id for cell in notebook.cells]
    if repeated := sorted({i for i in ids if ids.count(i) > 1}):
        yield f"cell ids are used twice: {', '.join(repeated)}"
        return  # nbformat would mend them while validating
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        yield f"not a valid notebook: {error.message}"
    for cell in code_cells(notebook):
        if cell.outputs or cell.execution_count is not None:
            yield f"cell {cell.id!r} is committed with its output"
        if "raises-exception" in cell.metadata.get("tags", []):
            yield f"cell {cell.id!r} may fail: catch the exception and print it"
        try:
            ast.parse(re.sub(r"^[%!].*", "", cell.source, flags=re.MULTILINE))
        except SyntaxError as error:
            yield f"cell {cell.id!r} is not Python: {error.msg}"


def sections(notebook):
    """One title, then the sections in their order; others may stand between."""
    headings = re.findall(
        r"^(#+) (.+)$", re.sub(r"```.*?```", "", markdown(notebook), flags=re.DOTALL), re.MULTILINE
    )
    if [level for level, _ in headings].count("#") != 1 or headings[0][0] != "#":
        yield "expected one title, at the top"
    given = [title.split(":")[0] for level, title in headings if level == "##"]
    for missing in (s for s in SECTIONS if s not in given):
        yield f"section '{missing}' is missing"
    for extra in (s for s in given if s not in SECTIONS):
        yield f"section '{extra}' is not one of the pattern's: make it a subsection"
    if sorted(given) == sorted(SECTIONS) and given != SECTIONS:
        yield f"sections are in the order {', '.join(given)}"


def opening(notebook):
    """Three things to be able to do, what is needed for them, and how long reading takes."""
    first = notebook.cells[0].source
    box = next((m[3] for m in ADMONITION.finditer(first) if m[2] == "What you will be able to do"), None)
    if box is None:
        yield "the first cell has no box 'What you will be able to do'"
        return
    bullets = re.findall(r"^- ", box, re.MULTILINE)
    if len(bullets) != 3:
        yield f"{len(bullets)} things to be able to do, expected three"
    if "**You need**" not in box:
        yield "the opening box does not say what the reader needs"
    minutes = re.search(r"\*\*Reading\*\* takes (\d+) minutes", box)
    if not minutes or int(minutes[1]) not in READING:
        span = f"{READING[0]} to {READING[-1]}"
        yield f"the opening box does not say '**Reading** takes N minutes', N being {span}"


def glue_definitions(notebook):
    """Regular expressions of the names that the cells glue, and the cell of each."""
    for cell in code_cells(notebook):
        try:
            tree = ast.parse(re.sub(r"^[%!].*", "", cell.source, flags=re.MULTILINE))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "glue" and node.args:
                parts = node.args[0].values if isinstance(node.args[0], ast.JoinedStr) else [node.args[0]]
                yield (
                    "".join(re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w-]+" for p in parts),
                    cell,
                )


def glue(notebook):
    """What is glued is used, what is used is glued, under one prefix of the chapter's own."""
    used = set(GLUED.findall(markdown(notebook)))
    defined = list(glue_definitions(notebook))
    for name in sorted(used):
        if not any(re.fullmatch(pattern, name) for pattern, _ in defined):
            yield f"{{glue:text}}`{name}` is glued nowhere"
    for pattern, cell in defined:
        if not any(re.fullmatch(pattern, name) for name in used):
            yield f"cell {cell.id!r} glues {pattern!r}, which no sentence uses"
    prefixes = {name.split("-")[0] for name in used}
    if len(prefixes) > 1:
        yield f"glued names begin with {' and '.join(sorted(prefixes))}, expected one prefix for the chapter"
    if re.search(r"\{glue:?\}`", markdown(notebook)):
        yield "{glue}`…` prints text in quotation marks: use {glue:text}`…`"


def figures(notebook):
    """Every plot goes through plots.show, which demands a text for who cannot see it."""
    for cell in code_cells(notebook):
        if re.search(r"\bplt\.show\(|\bfig\.show\(", cell.source):
            yield f"cell {cell.id!r} shows a figure without alternative text: use plots.show"
        if (
            re.search(r"\.(?:plot|imshow|scatter|bar|barh|hist)\(", cell.source)
            and "plots.show(" not in cell.source
        ):
            yield f"cell {cell.id!r} draws and does not call plots.show"
    images = re.findall(r"!\[\s*\]\([^)]*\)", markdown(notebook))
    yield from (f"{image} has no alternative text" for image in images)


def count_figures(notebook):
    """Plots and hand-written figures of a chapter."""
    plotted = sum(cell.source.count("plots.show(") for cell in code_cells(notebook))
    return plotted + len(FIGURE_FILE.findall(markdown(notebook)))


def words(notebook):
    """Nothing of one machine, nothing unfinished, nothing that only fills."""
    for cell in notebook.cells:
        for pattern, what in FORBIDDEN:
            if match := pattern.search(cell.source):
                yield f"cell {cell.id!r} contains {what}: {match[0]!r}"


def typed_numbers(notebook):
    """A measured share, time or size in a sentence comes from glue; the quiz may invent its own."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        prose = cell.source.partition("**Quiz.**")[0]
        prose = re.sub(
            r"\$\$.*?\$\$(?: \([\w-]+\))?|\$[^$\n]*\$|```.*?```|`[^`]*`", "", prose, flags=re.DOTALL
        )
        for match in MEASURED.finditer(prose):
            yield f"cell {cell.id!r}: the number in '{match[0]}' is typed: glue it"


def quiz(notebook):
    """Three to five questions, each with an answer that names the right choice and explains the others."""
    boxes = [(m[1], m[2], m[3]) for m in ADMONITION.finditer(markdown(notebook))]
    questions = [
        k for k, (kind, title, _) in enumerate(boxes) if kind == "admonition" and title.startswith("Question")
    ]
    if not 3 <= len(questions) <= 5:
        yield f"{len(questions)} quiz questions, expected three to five"
    for number, k in enumerate(questions, start=1):
        _, title, question = boxes[k]
        kind, answer_title, answer = boxes[k + 1] if k + 1 < len(boxes) else ("", "", "")
        if title != f"Question {number}":
            yield f"'{title}' is number {number} of the quiz"
        if (kind, answer_title) != ("dropdown", f"Answer to question {number}"):
            yield f"question {number} is not followed by a dropdown 'Answer to question {number}'"
            continue
        choices = set(re.findall(r"\(([a-e])\)", question))
        right = re.match(r"\*\*\(([a-e])\)\.\*\*", answer)
        if len(choices) < 3:
            yield f"question {number} has {len(choices)} choices, expected three or more"
        if not right or right[1] not in choices:
            yield f"the answer to question {number} does not begin with the right choice, as in **(a).**"
            continue
        for choice in sorted(choices - {right[1]} - set(re.findall(r"\(([a-e])\)", answer[right.end() :]))):
            yield f"the answer to question {number} does not say why ({choice}) is wrong"
