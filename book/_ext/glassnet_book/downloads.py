"""The notebook that a reader downloads runs by itself: it asks for nothing of the course but the library.

A chapter may read files of the course beside it, a script or a record of long trainings. The downloaded
notebook brings them: a cell writes each into the working folder, and the code looks for them there. Numbers
stand in the text as they were computed, and links lead to the site, where its address is known.
"""

import ast
import functools
import importlib.metadata
import posixpath
import re
import sys
from pathlib import Path

import nbformat
from myst_nb.core.variables import format_plain_text
from myst_nb.ext.glue.crossref import read_glue_cache
from nbformat.v4 import new_code_cell, new_markdown_cell

from .cache import course_root

FILE = re.compile(r"""(["'])((?:\.\./)+[\w./-]+)\1""")
GLUED = re.compile(r"\{glue:text\}`([^`:]+):?([^`]*)`")
LINK = re.compile(r"\[([^\]]*)\]\(((?:\.\./|[\w-]+)[\w./-]*)(#[^)]*)?\)")
FIGURE = re.compile(r"```\{raw\} html\n:file: \S+\n```")
DOWNLOAD = re.compile(r"\{download\}`([^`<]*?)\s*<[^`>]*>`")
IMPORT_GLUE = re.compile(r"^from myst_nb import glue\n?", re.MULTILINE)
COURSE = "path/to/the/course"  # as in the book's set-up: glassnet is installed from the course's folder
NO_GLUE = '''def glue(name, value, display=False):
    """In the book, puts a computed value into the text."""
'''
# What comes with glassnet, and the extra that brings Keras with TensorFlow.
CORE, KERAS = {"glassnet", "numpy", "matplotlib", "tqdm", "IPython", "myst_nb"}, {"keras", "tensorflow"}


def modules(source: str) -> set[str]:
    """Top-level modules that a piece of code imports."""
    plain = re.sub(r"^\s*[%!].*", "", source, flags=re.MULTILINE)
    found = set()
    for node in ast.walk(ast.parse(plain)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


# Every file of every package is looked at for it: most of the time of a build that has nothing else to do.
packages_distributions = functools.cache(importlib.metadata.packages_distributions)


def install(imported: set[str], own: set[str]) -> str:
    """The command that installs what a notebook imports."""
    known = packages_distributions()
    others = imported - CORE - KERAS - own - set(sys.stdlib_module_names)
    packages = sorted({known.get(name, [name])[0] for name in others})
    course = f"{COURSE}[keras]" if imported & KERAS else COURSE
    return " ".join(["pip install", f'"{course}"', *packages])


def carried(notebook, folder: Path, root: Path) -> dict[str, Path]:
    """{text in the code: file or folder of the course} that a notebook names relative to its own folder."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for _, name in FILE.findall(cell.source):
                path = (folder / name).resolve()
                if path.exists() and root in path.parents:
                    found[name] = path
    return found


def files(found: dict[str, Path], code: str) -> list[Path]:
    """The files to bring: those named, and beside them the modules that the code and the files import."""
    brought = [path for path in found.values() if path.is_file()]
    scripts = [path for path in brought if path.suffix == ".py"]
    places = [path for path in found.values() if path.is_dir()] + [path.parent for path in scripts]
    pending = [code, *(path.read_text(encoding="utf-8") for path in scripts)]
    while pending:
        wanted = modules(pending.pop())
        for place in places:
            for path in sorted(place.glob("*.py")):
                if path not in brought and path.stem in wanted:
                    brought.append(path)
                    pending.append(path.read_text(encoding="utf-8"))
    return brought


def plain(text: str, page: str, values: dict[str, str], titles: dict[str, str], base: str) -> str:
    """A text cell without what only the book's build understands: glued numbers, figures, links to pages."""

    def link(found):
        label, target, anchor = found[1], found[2], found[3] or ""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        name = name.removesuffix(".ipynb").removesuffix(".md")
        if name not in titles:
            return found[0]
        label = label or titles[name]
        return f"[{label}]({base}{name}.html{anchor})" if base else label

    text = GLUED.sub(
        lambda found: format_plain_text(values[found[1]], found[2]) if found[1] in values else found[0], text
    )
    text = FIGURE.sub("*Here the chapter has an interactive figure.*", text)
    text = DOWNLOAD.sub(r"\1", text)
    return LINK.sub(link, text)


def portable(notebook, page: str, folder: Path, root: Path, values, titles, base: str):
    """A copy of a chapter that runs in an empty folder."""
    notebook = nbformat.from_dict(notebook)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    found = carried(notebook, folder, root)
    brought = files(found, code)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = plain(cell.source, page, values, titles, base)
            continue
        cell.source = IMPORT_GLUE.sub(NO_GLUE, cell.source)
        for name, path in found.items():
            here = path.name if path.is_file() else "."
            cell.source = re.sub(rf"""(["']){re.escape(name)}\1""", rf"\g<1>{here}\1", cell.source)
        if "remove-cell" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}
    imported = modules(code).union(*(modules(p.read_text("utf-8")) for p in brought if p.suffix == ".py"))
    said = f"To run this notebook: `{install(imported, {path.stem for path in brought})}`"
    if base:
        said += f". It is a chapter of [Glassnet]({base}{page}.html)"
    cells = [new_markdown_cell(f"{said}.", id="to-run-this-notebook")]
    for path in brought:
        source = f"%%writefile {path.name}\n{path.read_text(encoding='utf-8')}"
        hidden = {"jupyter": {"source_hidden": True}}
        cells.append(new_code_cell(source, id=f"file-{path.name.replace('.', '-')}"[:64], metadata=hidden))
    first = next((k for k, cell in enumerate(notebook.cells) if cell.cell_type == "code"), 0)
    notebook.cells[first:first] = cells
    return notebook


def write(app, exception):
    """Replace the copies of the sources, to which the pages' download buttons lead."""
    if exception is not None or app.builder.format != "html":
        return
    titles = {name: title.astext() for name, title in app.env.titles.items()}
    base = app.config.html_baseurl
    for page in app.env.found_docs:
        target = Path(app.outdir, "_sources", f"{page}.ipynb")
        if not target.exists():
            continue
        source = Path(app.env.doc2path(page))
        stored = read_glue_cache(app.env.mystnb_config.output_folder, page)
        values = {name: str(output["data"].get("text/plain", "")) for name, output in stored.items()}
        notebook = nbformat.read(source, as_version=4)
        done = portable(notebook, page, source.parent, course_root(app), values, titles, base)
        nbformat.write(done, target)


def setup(app):
    """Write before the site is published."""
    app.connect("build-finished", write, priority=470)
