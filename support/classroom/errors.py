"""The error of this package: its text tells the user, in one sentence, what is wrong and what to do."""


class ClassroomError(Exception):
    """Something the user can mend; the text is shown without a traceback."""
