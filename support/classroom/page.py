"""HTML pages from templates/, in which everything is escaped unless it was made safe on purpose."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def render(template: str, **values) -> str:
    """Fill in a template of the folder templates/; a value it misses is an error."""
    return _environment().get_template(template).render(**values)


def _environment():
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["points"] = points
    return environment


def points(number: float | None) -> str:
    """Points as people write them: 3, 2.5, 0.33; an empty text for None."""
    return "" if number is None else f"{round(number, 2):g}"
