"""nbgrader made fast and safe, for instructors, and a self-check for students.

Commands: `classroom --help`. The package builds on nbgrader's own interfaces and replaces nothing:
formgrader and the `nbgrader` commands keep working on the same course.
"""
