"""nbgrader's settings: the course root is this folder, wherever a command starts."""

import os
import sys
from pathlib import Path

from classroom.seal import PREPROCESSORS

c = get_config()  # noqa: F821  (nbgrader provides it)

# nbgrader calls programs of its own environment by name.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# The released notebook carries a list of its checks, so that a student notices when one got lost.
c.GenerateAssignment.preprocessors = PREPROCESSORS

# A notebook of one's own takes what it takes; a cell that hangs must not stop the class for long.
c.Execute.timeout = 60

# Grading runs the tests in a kernel of their own; `glassnet.checks` knows how they reach the student's.
c.Classroom.serve = "from glassnet.checks.remote import serve; serve(globals())"
c.Classroom.borrow = "from glassnet.checks.remote import borrow; borrow(globals(), {source})"
c.Classroom.hide = [f"glassnet.checks.{path.name}" for path in Path(__file__).parent.glob("solutions/*")]

# Feedback pages say what passed and what to look at; formgrader shows nothing a student made executable.
c.GenerateFeedback.exporter_class = "classroom.feedback.FeedbackPage"
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": "classroom.sanitize.markdown"}
