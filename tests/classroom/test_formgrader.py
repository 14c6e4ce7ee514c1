"""A written question is graded by hand in formgrader, in a real browser; what students wrote is dead."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import graded_course
import pytest
from classroom import results
from graded_course import SLUG, grade, run
from nbgrader.api import Gradebook

ATTACK = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


@pytest.fixture
def course(tmp_path):
    folder = graded_course.make(tmp_path / "course")
    points = {"double-check": 1, "double-hidden": 2}
    texts = {"half-check": ATTACK}
    grade(folder, "ada", points, texts=texts, answers={"why": f"Because $x^2$ **grows**.\n\n{ATTACK}"})
    return folder


@pytest.fixture
def server(course):
    """Address of a Jupyter server in the course; it ends with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=test"]
    binaries = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **os.environ,
        "PATH": binaries,
        "HOME": str(course),
        "JUPYTER_RUNTIME_DIR": str(course / "run"),
    }
    log = (course / "server.log").open("w")
    process = subprocess.Popen(command, cwd=course, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api?token=test", process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _wait_for(url, process):
    end = time.monotonic() + 180
    while time.monotonic() < end and process.poll() is None:
        try:
            return urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the Jupyter server did not start")


@pytest.mark.slow
def test_the_written_question_is_graded_in_the_page(course, server, browser):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(SLUG, SLUG, "ada").id
    context = browser.new_context(extra_http_headers={"Authorization": "token test"})
    page = context.new_page()
    page.set_default_timeout(60_000)
    # The page listens once it has fetched the marks.
    page.goto(f"{server}/formgrader/submissions/{submission}/", wait_until="networkidle")
    page.locator("input#why").wait_for()
    assert page.locator("strong", has_text="grows").count() == 1
    assert page.title() != "owned"
    with page.expect_response(
        lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"
    ):
        page.fill("textarea#why-comment", "Name the second argument, too.")
        page.locator("textarea#why-comment").blur()
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        page.fill("input#why", "2.5")
        page.locator("input#why").blur()
    title = page.title()
    context.close()
    assert title != "owned"
    ada = results.read(course, SLUG).results[0]
    assert (ada.items["why"].points, ada.pending, ada.score) == (2.5, [], 5.5)
    assert run(course, "feedback", SLUG) == 0
    html = (course / "feedback" / "ada" / SLUG / f"{SLUG}.html").read_text(encoding="utf-8")
    assert "Name the second argument, too." in html
    assert "2.5 of 4" in html
