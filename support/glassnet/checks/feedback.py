"""What a check gives back: a number for nbgrader, a badge for the reader, a record for reports."""

import html
from dataclasses import asdict, dataclass

MIME = "application/vnd.glassnet.check+json"


@dataclass(frozen=True)
class Feedback:
    """What a check found.

    Attributes:
        function: name of the function checked.
        stage: "passed", or the first stage that failed: "exists", "own work", "runs", "type", "shape",
            "dtype", "values", "edge cases".
        text: what to tell the student, in one or two sentences; details on further lines.
        mistake: hint of the known mistake it looks like, or None.
    """

    function: str
    stage: str
    text: str
    mistake: str | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing was found wrong."""
        return self.stage == "passed"


class Points(float):
    """Points earned in a test cell; its plain text is the bare number nbgrader takes for the cell's grade."""

    def __new__(cls, earned: float, maximum: float, feedback: Feedback):
        """Points `earned` of `maximum`, and why."""
        points = super().__new__(cls, earned)
        points.maximum = maximum
        points.feedback = feedback
        return points

    def _repr_mimebundle_(self, include=None, exclude=None):
        mark = "✓" if self == self.maximum else "✗"
        unit = "point" if self.maximum == 1 else "points"
        badge = f"{mark} {self.feedback.function}: {float(self):g} of {self.maximum:g} {unit}"
        record = {**asdict(self.feedback), "points": float(self), "maximum": float(self.maximum)}
        return {
            "text/plain": repr(float(self)),
            "text/html": f"<strong>{html.escape(badge)}</strong>",
            MIME: record,
        }
