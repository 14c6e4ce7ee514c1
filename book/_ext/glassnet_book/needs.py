"""What a cell of a notebook needs of those above it: the statements that bind the names it uses.

A live cell must run without the reader running the whole page. Of the cells above it that are not live, only
the needed statements are taken, so that an import of Keras or a figure stays out where nothing depends on it.
Live cells are taken whole: their text is the reader's.
"""

import ast
import dis
import sys
import types
from dataclasses import dataclass, field

# Methods that change what they are called on, even where their result is used.
CHANGING = frozenset(
    {
        "add",
        "append",
        "backward",
        "compile",
        "extend",
        "fit",
        "pop",
        "set_weights",
        "train_on_batch",
        "update",
    }
)
# Calls that only show something.
SHOWING = frozenset({"print", "glue", "display", "plt.show", "plots.show", "plots.style"})
# What live cells can import in the browser, beside the standard library.
IMPORTABLE = frozenset({"numpy", "matplotlib", "glassnet", "IPython", "myst_nb", "tqdm"})


@dataclass
class Piece:
    """A statement, or a live cell as a whole.

    Attributes:
        cell: number of the notebook's cell.
        source: Python.
        is_live: whether it is a live cell.
        binds: names it binds.
        reads: names it uses and does not bind before.
        changes: names whose value it changes without binding them.
        imports: top-level packages it imports.
        is_import: whether it is an import statement.
    """

    cell: int
    source: str
    is_live: bool = False
    binds: set = field(default_factory=set)
    reads: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    imports: set = field(default_factory=set)
    is_import: bool = False


def names_of(source: str) -> tuple[set, set]:
    """Names that a piece of a module binds, and those it uses and does not bind itself before."""
    code = compile(source, "<cell>", "exec")
    binds, reads = set(), set()
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("STORE_NAME", "STORE_GLOBAL"):
            binds.add(instruction.argval)
        elif instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL") and instruction.argval not in binds:
            reads.add(instruction.argval)
    inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
    while inner:
        block = inner.pop()
        for instruction in dis.get_instructions(block):
            if instruction.opname == "STORE_GLOBAL":
                binds.add(instruction.argval)
            # A name of a class body may be the class' own or the module's: taking one too many does no harm.
            elif instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_CLASSDEREF"):
                reads.add(instruction.argval)
        inner += [c for c in block.co_consts if isinstance(c, types.CodeType)]
    return binds, reads - (binds - _read_first(code))


def _read_first(code) -> set:
    """Names a module uses before it binds them."""
    bound, first = set(), set()
    for instruction in dis.get_instructions(code):
        if instruction.opname == "STORE_NAME":
            bound.add(instruction.argval)
        elif instruction.opname == "LOAD_NAME" and instruction.argval not in bound:
            first.add(instruction.argval)
    return first


def _root(node) -> str | None:
    """The name at the start of a chain of attributes and subscripts."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def changes_of(tree: ast.AST) -> set:
    """Names whose values are changed: by storing into them or by calling one of their methods for its effect.

    What a function does is not done where it is defined. A function called for its effect may change what it
    is given; within loops and the like such calls are demonstrations, and taken to change nothing.
    """
    found = set()
    for statement in tree.body if isinstance(tree, ast.Module) else [tree]:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id not in SHOWING:
            found.update(_root(argument) for argument in call.args)
        for node in _done(statement):
            if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
                found.add(_root(node))
            call = node.value if isinstance(node, ast.Expr) else node
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                is_shown = ast.unparse(call.func) in SHOWING
                if (isinstance(node, ast.Expr) and not is_shown) or call.func.attr in CHANGING:
                    found.add(_root(call.func))
    return found - {None}


def _done(node):
    """Everything in a statement that happens where it stands."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _done(child)


def imports_of(tree: ast.AST) -> set:
    """Top-level packages that are imported anywhere in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def pieces(cells: list[tuple[str, bool]]) -> list[Piece]:
    """Take the cells (source, whether it is live) apart."""
    found = []
    for number, (source, is_live) in enumerate(cells):
        tree = ast.parse(source)
        parts = [tree] if is_live else [part for statement in tree.body for part in _split(statement)]
        for part in parts:
            text = source if is_live else _text(source, part)
            binds, reads = names_of(text)
            is_import = isinstance(part, ast.Import | ast.ImportFrom)
            found.append(
                Piece(number, text, is_live, binds, reads, changes_of(part), imports_of(part), is_import)
            )
    return found


def _split(statement):
    """An import of several names becomes several imports: one of them may not be needed."""
    if isinstance(statement, ast.Import):
        return [ast.Import([alias]) for alias in statement.names]
    if isinstance(statement, ast.ImportFrom):
        return [ast.ImportFrom(statement.module, [a], statement.level) for a in statement.names]
    return [statement]


def _text(source, part):
    """The text of a statement, as it is written where it is written."""
    if not hasattr(part, "lineno"):
        return ast.unparse(part)
    first = min([part.lineno, *(d.lineno for d in getattr(part, "decorator_list", []))])
    return "\n".join(source.splitlines()[first - 1 : part.end_lineno])


def needed(parts: list[Piece], target: int) -> dict[int, set]:
    """{number of a piece above: the names that are needed of it}, in the order of the page."""
    found, asked = {}, [(name, target) for name in parts[target].reads]
    seen = set()
    while asked:
        name, before = asked.pop()
        if (name, before) in seen:
            continue
        seen.add((name, before))
        binder = next((i for i in range(before - 1, -1, -1) if name in parts[i].binds), None)
        if binder is None:
            continue
        users = [binder]
        if not parts[binder].is_import:
            users += [i for i in range(binder + 1, before) if name in parts[i].changes]
        for i in users:
            found.setdefault(i, set())
            if name in parts[i].binds:
                found[i].add(name)
            # What a function uses is looked up when it is called, by whoever is called last.
            asked += [(other, i) for other in parts[i].reads]
            if _is_definition(parts[i]):
                asked += [(other, before) for other in parts[i].reads]
    return dict(sorted(found.items()))


def _is_definition(part):
    return part.is_live or part.source.lstrip().startswith(("def ", "class ", "@", "async "))


def foreign(parts: list[Piece], numbers) -> set:
    """Packages these pieces import that the browser does not have."""
    imported = set().union(*(parts[i].imports for i in numbers)) if numbers else set()
    return imported - IMPORTABLE - sys.stdlib_module_names
