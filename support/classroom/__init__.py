"""nbgrader made fast and safe, for instructors, and a self-check for students.

Commands: `classroom --help`. The package builds on nbgrader's own interfaces and replaces nothing:
formgrader and the `nbgrader` commands keep working on the same course.
"""

import sys

# If this package is there, jsonschema compiles its grammar of web addresses on import, which takes a second;
# without it, it checks no address of the kind, and nobody here asks it to.
sys.modules.setdefault("rfc3987_syntax", None)
