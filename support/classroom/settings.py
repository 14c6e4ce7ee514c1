"""What a course sets for grading, as `c.Classroom.…` in its nbgrader_config.py."""

import contextlib
import fcntl
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from traitlets import Float, Integer, List, Unicode
from traitlets.config import Configurable, PyFileConfigLoader

from .errors import ClassroomError


class Classroom(Configurable):
    """Settings of `classroom grade`."""

    timeout = Float(60, help="Seconds a cell may take.").tag(config=True)
    deadline = Float(300, help="Seconds a notebook may take.").tag(config=True)
    memory = Integer(4 << 30, help="Bytes of memory a kernel and all it starts may use.").tag(config=True)
    serve = Unicode(
        "",
        help="Code with which the student's kernel answers the tests until they are done; with none, "
        "tests run in the student's own kernel, where the student's code can tamper with them.",
    ).tag(config=True)
    borrow = Unicode(
        "", help="Code run in the tests' kernel before each test cell, `{source}` standing for that cell."
    ).tag(config=True)
    hide = List(Unicode(), help="Modules whose files read as empty to the student's kernel.").tag(config=True)


class Course:
    """A course folder, its settings and nbgrader's idea of where things are.

    Args:
        root: folder with nbgrader_config.py.

    Raises:
        ClassroomError: if there is no nbgrader_config.py.
    """

    def __init__(self, root: Path):
        self.root = Path(root).resolve()
        if not (self.root / "nbgrader_config.py").is_file():
            raise ClassroomError(f"{self.root} is no course folder: there is no nbgrader_config.py in it")
        self.config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        self.config.CourseDirectory.root = str(self.root)
        self.settings = Classroom(config=self.config)
        self.directory = CourseDirectory(config=self.config)
        self._refuse_unknown_store()
        if not self.directory.db_url.startswith("sqlite:"):
            # A real database insists that an assignment's course exists; SQLite never asked.
            self.directory.course_id = self.directory.course_id or "default_course"
        elif "?" not in self.directory.db_url:
            self.directory.db_url += "?timeout=30"  # formgrader may be writing
        self.db_url = self.directory.db_url

    def _refuse_unknown_store(self):
        try:
            make_url(self.directory.db_url).get_dialect().import_dbapi()
        except (ImportError, ArgumentError, NoSuchModuleError) as error:
            raise ClassroomError(
                f"the gradebook of c.CourseDirectory.db_url cannot be used ({error}); "
                "for PostgreSQL write postgresql+psycopg://user@host/name"
            ) from None

    def folder(self, kind: str, student: str, slug: str) -> Path:
        """Folder of an assignment, `kind` being "source", "submitted" or "autograded"."""
        pattern = getattr(self.directory, f"{kind}_directory")
        return self.root / self.directory.directory_structure.format(
            nbgrader_step=pattern, student_id=student, assignment_id=slug
        )

    @property
    def own(self) -> Path:
        """Folder for what grading keeps beside nbgrader's own."""
        folder = self.root / ".classroom"
        folder.mkdir(exist_ok=True, mode=0o700)
        return folder

    @contextlib.contextmanager
    def lock(self):
        """Hold what two graders at once must not do at once."""
        with (self.own / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
