"""Feedback pages: nbgrader's generate_feedback with a page of our own.

A student sees points, what passed, the hint where something did not, the own answers, and a person's
comments. Of a hidden check only its verdict, points and hint are shown: no source, no traceback. Everything a
student wrote is escaped or sanitised, and nothing is loaded from anywhere.
"""

import re
from pathlib import Path

from nbconvert.exporters import Exporter
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.utils import capture_log, is_grade, is_solution, rmtree

from . import page, results
from .closing import shown
from .errors import ClassroomError
from .record import read_outcome
from .sanitize import hint, markdown, printed, shortened
from .settings import Course


class FeedbackPage(Exporter):
    """Exporter that makes one student's page; nbgrader_config.py names it, so that formgrader uses it too."""

    output_mimetype = "text/html"

    def _file_extension_default(self):
        return ".html"

    def from_notebook_node(self, nb, resources=None, **keywords):
        """Page of an autograded notebook; `resources["nbgrader"]` says whose it is."""
        nb, resources = super().from_notebook_node(nb, resources, **keywords)
        names = resources["nbgrader"]
        where = (names["notebook"], names["assignment"], names["student"])
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(*where)
            grades = {grade.name: grade for grade in submission.grades}
            points = {name: None if g.needs_manual_grade else g.score for name, g in grades.items()}
            maxima = {name: grade.max_score for name, grade in grades.items()}
            comments = {comment.name: comment.comment for comment in submission.comments}
            penalty = submission.late_submission_penalty or 0.0
        outcome = read_outcome(Path(resources["metadata"]["path"]))
        items = results.items_of(nb, points, maxima)
        score = sum(item.points or 0.0 for item in items.values())
        answers = _answers(nb)
        rows = [_row(item, answers.get(name), comments.get(name)) for name, item in items.items()]
        html = page.render(
            "feedback.html.j2",
            title=f"{names['assignment']}: feedback for {names['student']}",
            slug=names["assignment"],
            student=names["student"],
            problem=None,
            score=max(0.0, score - penalty),
            maximum=sum(maxima.values()),
            penalty=penalty,
            pending=[item.name for item in items.values() if item.points is None],
            items=rows,
            unsafe=outcome is not None and outcome.unsafe,
        )
        return html, resources


class _Generate(GenerateFeedback):
    """One student's page, which holds everything it needs: no file of grading goes back to a student."""

    def init_notebooks(self):
        # Not by nbgrader's patterns: a folder may have any name, one with a star in it, too.
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [str(Path(folder, f"{self.coursedir.assignment_id}.ipynb"))]}

    def _format_source(self, assignment_id, student_id, escape=False):
        pattern = super()._format_source(assignment_id, student_id, escape)
        return f"(?s:{pattern})" if escape else pattern  # a name may have lines

    def init_assignment(self, assignment_id, student_id):
        Path(self._format_dest(assignment_id, student_id)).mkdir(parents=True, exist_ok=True)


def feedback(root, slug: str, students=()) -> int:
    """Write a page for everybody who was graded, and one that says why for those who could not be.

    Args:
        root: the course folder.
        slug: the assignment.
        students: for whom; everybody, if empty.

    Returns:
        Exit code: 0 if everybody who handed something in has a page of points, otherwise 1.

    Raises:
        ClassroomError: if nothing was graded, or there is no such student.
    """
    course = Course(root)
    config, directory = course.config, course.directory
    everybody = results.read(root, slug).results
    handed_in = {one.student: one for one in everybody if one.status != "missing"}
    for student in students:
        if student not in handed_in:
            raise ClassroomError(f"there is nothing of {shown(student)!r} for {slug} in the gradebook")
    failed = []
    config.GenerateFeedback.exporter_class = FeedbackPage
    for student in students or handed_in:
        if handed_in[student].status == "failed":
            failed.append((student, handed_in[student].problem))
            _write_refusal(directory, slug, handed_in[student])
            continue
        directory.assignment_id = slug
        with directory.cross_validation_lock:  # nbgrader would take spaces off the ends of a folder's name
            directory.student_id = student
        converter = _Generate(coursedir=directory, config=config, force=True)
        converter.log.propagate = False
        done = capture_log(converter)
        if not done["success"]:
            failed.append(
                (student, done["error"].strip().splitlines()[-1] if done["error"] else "see its log")
            )
    chosen = list(students or handed_in)
    for student, reason in failed:
        print(f"{shown(student)}: no points to show: {shown(reason)}")
    folder = directory.format_path(directory.feedback_directory, "<student>", slug)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} pages: {folder}/{slug}.html")
    return 1 if failed else 0


def _write_refusal(directory, slug, result):
    place = Path(directory.format_path(directory.feedback_directory, result.student, slug), f"{slug}.html")
    if place.parent.exists():
        rmtree(place.parent)
    place.parent.mkdir(parents=True)
    title = f"{slug}: feedback for {result.student}"
    place.write_text(
        page.render(
            "feedback.html.j2", title=title, slug=slug, student=result.student, problem=result.problem
        ),
        encoding="utf-8",
    )


def _answers(nb):
    return {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if is_solution(cell)}


def _row(item, answer, comment):
    """What the template shows of an item."""
    text = code = output = None
    if answer is not None and answer.cell_type == "markdown":
        text = markdown(answer.source, answer.get("attachments"))
    elif answer is not None:
        code, output = shortened(answer.source), _printed(answer)
    verdict, tone = _verdict(item, is_grade(answer) if answer is not None else False)
    return {
        "name": item.name,
        "anchor": "task-" + re.sub(r"\W", "-", item.name),
        "points": item.points,
        "maximum": item.maximum,
        "verdict": verdict,
        "tone": tone,
        "told": _told(item),
        "text": text,
        "answer": code,
        "printed": output,
        "comment": markdown(comment) if comment else None,
    }


def _verdict(item, by_hand):
    if item.points is None:
        return "to be graded", "soft"
    if item.points >= item.maximum:
        return ("full points" if by_hand else "✓ passed"), "good"
    if by_hand:
        return "graded by hand", "part" if item.points else "bad"
    return ("± in part", "part") if item.points else ("✗ not yet", "bad")


def _told(item):
    """Hint of the first check that took points off."""
    check = item.told
    if check is None:
        return ""
    return hint(check.text or ("A hidden check" if check.hidden else "A check") + " did not pass.")


def _printed(cell):
    """What an answer's own cell printed, and the error it ended with; no frames but the cell's own."""
    texts = []
    for output in cell.outputs:
        if output.output_type == "stream":
            texts.append(output.text)
        elif output.output_type == "error":
            texts.append(f"{output.ename}: {output.evalue}")
        elif "text/plain" in output.get("data", {}):
            texts.append(output.data["text/plain"])
    return printed("\n".join(text.rstrip("\n") for text in texts))
