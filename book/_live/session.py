"""The Python side of live cells: runs pieces of a page in one namespace and tells what came of it.

`session = Session(send, fetch)`; the worker calls `session.run(…)`. `send(kind, content)` receives what is to
be shown: "out" and "err" (text), "html", "alert" (an error, as text). Nothing here needs the
browser, so that tests run it in any Python.
"""

import ast
import base64
import builtins
import dis
import html
import io
import linecache
import logging
import sys
import time
import traceback
import types

MOST_CHARACTERS = 100_000  # of one run: a loop that prints must not fill the page
FLUSH_SECONDS = 0.1


class Stream(io.TextIOBase):
    """Standard output or error: sends text in lumps, and at most so much of it."""

    encoding = "utf-8"

    def __init__(self, session, kind):
        self.session, self.kind = session, kind
        self.lines, self.sent = [], time.monotonic()

    def writable(self):
        return True

    def write(self, text):
        session = self.session
        left = MOST_CHARACTERS - session.written
        session.written += len(text)
        if left > 0:
            self.lines.append(text[:left])
            if len(text) >= left:
                self.lines.append("\n… more was printed than is shown here.\n")
            if time.monotonic() - self.sent > FLUSH_SECONDS:
                self.flush()
        return len(text)

    def flush(self):
        if self.lines:
            self.session.send(self.kind, "".join(self.lines))
        self.lines, self.sent = [], time.monotonic()


class Session:
    """One namespace for the cells of a page, and whose every name in it is.

    Args:
        send: function of (kind, content) that shows something.
        fetch: function of a file's name that gives the bytes of a data set.
    """

    def __init__(self, send, fetch=None):
        self.send, self.fetch = send, fetch
        self.written = 0
        self.known = set()  # pieces that have run, to their end or not
        self.texts = {}  # piece: its source when it last ran to its end
        self.owners = {}  # name: the piece that bound it last
        self.files = set()  # names under which the reader's own pieces are known
        module = types.ModuleType("__main__")
        self.namespace = module.__dict__
        sys.modules["__main__"] = module
        builtins.input = _no_input
        for name, stand_in in _stand_ins(self).items():
            sys.modules[name] = stand_in

    def packages(self, source):
        """Names of packages to load before this source can run: what it imports, and NumPy always."""
        found = {"numpy"}
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return list(found)
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{name}" for name in names]
            if any(name.startswith(("matplotlib", "glassnet.plots")) for name in names):
                found.add("matplotlib")
        return list(found)

    def has_run(self, piece):
        """Whether a piece has run before, in this or another form."""
        return piece in self.known

    def is_fresh(self, piece, source, names):
        """Whether a piece has run as it stands now and no other has since bound one of its names anew."""
        return self.texts.get(piece) == source and all(self.owners.get(n, piece) == piece for n in names)

    def run(self, piece, source, title, quiet=False):
        """Run a piece; whether it came to its end.

        Args:
            piece: what it is known by.
            source: Python.
            title: what a traceback calls it, such as "this cell".
            quiet: whether output is dropped, as that of cells which are only needed.
        """
        self.written = 0
        self.known.add(piece)
        self.texts.pop(piece, None)
        streams = _Quiet(), _Quiet()
        if not quiet:
            streams = Stream(self, "out"), Stream(self, "err")
        self.files.add(title)
        # Python shows lines of what it takes for a file; a leading "<" keeps it from looking for one.
        linecache.cache[title] = (
            len(source),
            None,
            source.splitlines(keepends=True),
            title,
        )
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = streams
        self._prepare_data()
        try:
            self._execute(piece, source, title, quiet)
            self.texts[piece] = source
            return True
        except BaseException as error:
            _close_figures()
            for stream in streams:
                stream.flush()
            self.send("alert", self._told(error))
            return False
        finally:
            for stream in streams:
                stream.flush()
            sys.stdout, sys.stderr = kept

    def _execute(self, piece, source, title, quiet):
        tree = ast.parse(source, title)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
            last = ast.Expression(tree.body.pop().value)
        code = compile(tree, title, "exec")
        self.owners.update(dict.fromkeys(_bound(code), piece))
        _style_figures(source)
        exec(code, self.namespace)
        value = None if last is None else eval(compile(last, title, "eval"), self.namespace)
        if quiet:
            _close_figures()
            return
        _show_figures(self)
        if value is not None:
            self.namespace["_"] = value
            self.show(value)

    def show(self, value):
        """Show a value as a notebook does: its HTML where it has one, else its repr."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        if isinstance(sys.stdout, _Quiet):
            return
        kind = type(value)  # a class has the methods too, and they are for its values
        if hasattr(kind, "_repr_mimebundle_"):
            made = value._repr_mimebundle_().get("text/html")
        else:
            made = value._repr_html_() if hasattr(kind, "_repr_html_") else None
        if made is None:
            print(repr(value))
        else:
            self.send("html", made)

    def _told(self, error):
        """An error as text: the reader's own lines only, then what it says."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self.files]
        told = traceback.TracebackException.from_exception(error)
        lines = (
            [
                "Traceback (most recent call last):\n",
                *traceback.format_list(frames),
            ]
            if frames
            else []
        )
        text = "".join([*lines, *told.format_exception_only()])
        for title in self.files:  # to a reader a cell is no file
            text = text.replace(f'File "{title}"', title[:1].upper() + title[1:])
        return text.rstrip()

    def _prepare_data(self):
        """Have data sets fetched when they are read for the first time."""
        archive = sys.modules.get("glassnet.datasets._archive")
        if self.fetch is None or archive is None or getattr(archive, "glassnet_fetches", False):
            return
        read = archive.read

        def read_or_fetch(path, sha256):
            file = archive.DATA / path
            if file.suffix == ".npz" and file.parent == archive.DATA and not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                content = self.fetch(str(path))
                file.write_bytes(content.to_bytes() if hasattr(content, "to_bytes") else content)
            return read(path, sha256)

        archive.read, archive.glassnet_fetches = read_or_fetch, True


class _Quiet(io.TextIOBase):
    """A stream that keeps nothing."""

    encoding = "utf-8"

    def writable(self):
        return True

    def write(self, text):
        return len(text)


def _no_input(prompt=""):
    raise RuntimeError("input() does not work in the page: write the value into the code instead")


def _bound(code):
    """Names that a compiled module binds, in functions that say `global` too."""
    names = {i.argval for i in dis.get_instructions(code) if i.opname in ("STORE_NAME", "STORE_GLOBAL")}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= {i.argval for i in dis.get_instructions(constant) if i.opname == "STORE_GLOBAL"}
    return names


def _style_figures(source):
    """Draw in the book's style, from the first piece on that draws, and show figures in the page."""
    if "matplotlib" not in source and "plots" not in source:
        return
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it tells that it lists its fonts
    try:
        from glassnet import plots
        from matplotlib import pyplot
    except ImportError:
        return
    if pyplot.show is not _shown:
        plots.style()
        pyplot.show = _shown


def _shown(*args, **kwargs):
    """Stand in for `plt.show()`: figures are shown where it is called."""
    _show_figures(_Display.session)


def _show_figures(session):
    pyplot = sys.modules.get("matplotlib.pyplot")
    numbers = pyplot.get_fignums() if pyplot else []
    for number in numbers:
        figure = pyplot.figure(number)
        if not isinstance(sys.stdout, _Quiet):
            sys.stdout.flush()
            session.send("html", _drawn(figure))
    _close_figures()


def _close_figures():
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


def _drawn(figure):
    """A figure as HTML, with words made of what is written in it."""
    from glassnet import plots

    written = [figure.get_label()] if figure.get_label() else []
    for ax in figure.axes:
        written += [text for text in (ax.get_title(), ax.get_ylabel(), ax.get_xlabel()) if text]
    alt = "Figure drawn by your code" + (f": {', '.join(written)}" if written else "")
    return f'<figure class="glassnet-figure">{plots.svg(figure, alt)}</figure>'


class _Display:
    """What IPython's display functions and classes come to in the page."""

    session = None

    def __init__(self, data=None, **_):
        self.data = data

    @staticmethod
    def display(*values, raw=False, **_):
        for value in values:
            session = _Display.session
            if isinstance(sys.stdout, _Quiet):
                continue
            sys.stdout.flush()
            if raw and "text/html" in value:
                session.send("html", value["text/html"])
            elif raw:
                print(value.get("text/plain", ""))
            else:
                session.show(value)


class HTML(_Display):
    """HTML as it is."""

    def _repr_html_(self):
        return str(self.data)


class Markdown(_Display):
    """Markdown: a fenced block of code without its fence, anything else as it is written."""

    def _repr_html_(self):
        lines = str(self.data).strip().splitlines()
        if lines and lines[0].startswith("```"):
            lines = lines[1:-1]
        return f"<pre>{html.escape(chr(10).join(lines))}</pre>"


class Image(_Display):
    """A PNG."""

    def _repr_html_(self):
        content = base64.b64encode(self.data).decode()
        return f'<img alt="Picture made by your code" src="data:image/png;base64,{content}">'


class _Bar:
    """In place of tqdm's progress bar, which needs a terminal: it iterates and is silent."""

    def __init__(self, iterable=None, total=None, **_):
        self.iterable, self.total, self.n = iterable, total, 0

    def __iter__(self):
        return iter(self.iterable)

    def update(self, n=1):
        self.n += n

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def close(self, *_, **__):
        return None

    set_postfix = set_postfix_str = set_description = refresh = close


def _stand_ins(session):
    """Modules that chapters import and the page has in another form."""
    _Display.session = session

    def module(name, **content):
        made = types.ModuleType(name)
        made.__dict__.update(content)
        return made

    shown = {
        "display": _Display.display,
        "HTML": HTML,
        "SVG": HTML,
        "Markdown": Markdown,
        "Image": Image,
    }
    display = module("IPython.display", **shown)
    auto = module("tqdm.auto", tqdm=_Bar)
    return {
        # Matplotlib asks whether it runs inside IPython.
        "IPython": module(
            "IPython",
            display=display,
            version_info=(9, 0),
            get_ipython=lambda: None,
            __path__=[],
        ),
        "IPython.display": display,
        "myst_nb": module("myst_nb", glue=lambda *args, **kwargs: None),
        "tqdm": module("tqdm", tqdm=_Bar, auto=auto, __path__=[]),
        "tqdm.auto": auto,
    }
