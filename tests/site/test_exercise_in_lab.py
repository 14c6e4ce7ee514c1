"""A student at work: an exercise notebook in a real JupyterLab, its checks run by a driven browser.

A wrong answer earns a hint, the corrected one points, and what was typed is in the file after saving.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

EXERCISE = Path(__file__).parents[2] / "exercises" / "neurons" / "neurons.ipynb"
TOKEN = "a-token-for-this-test"
WRONG = """def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("x and w differ in shape")
    return f(np.dot(x, w))"""
RIGHT = WRONG.replace("np.dot(x, w)", "np.dot(x, w) + b")
PATIENCE = 90_000  # milliseconds: a kernel starts, NumPy and the checks are imported


@pytest.fixture
def lab(tmp_path):
    """JupyterLab on a copy of the exercise; its address."""
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(EXERCISE, work)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": str(work),
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": TOKEN,
        "LabApp.news_url": "",
        "LabApp.extension_manager": "readonly",
    }
    environment = os.environ | {
        f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in settings.items())]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=work, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{address}/api/status?token={TOKEN}", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError):
                stuck = server.poll() is not None or time.monotonic() > deadline
                assert not stuck, (tmp_path / "log").read_text()
                time.sleep(0.2)
        yield address, work / EXERCISE.name
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_a_wrong_answer_earns_a_hint_and_the_right_one_points(browser, lab):
    address, notebook = lab
    page = browser.new_page(viewport={"width": 1280, "height": 2400})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/lab/tree/{notebook.name}?token={TOKEN}")
    cells = page.locator(".jp-Notebook .jp-Cell")
    cell = {c.id: cells.nth(k) for k, c in enumerate(nbformat.read(notebook, as_version=4).cells)}

    def run(name):
        prompt = cell[name].locator(".jp-InputPrompt")
        before = prompt.inner_text()
        prompt.click()
        expect(cell[name]).to_have_class(re.compile("jp-mod-selected"))
        page.get_by_role("button", name="Run this cell and advance").click()
        expect(prompt).not_to_have_text(before, timeout=PATIENCE)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=PATIENCE)

    def answer(source):
        cell["neuron"].locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(source)
        run("neuron")
        run("neuron-check")
        return cell["neuron-check"].locator(".jp-OutputArea-output")  # what is said, and the points

    kernel = page.locator(".jp-Notebook-ExecutionIndicator")
    expect(kernel).to_have_attribute("data-status", "idle", timeout=PATIENCE)
    run("setup")
    said = answer(WRONG)
    expect(said.first).to_contain_text("without its bias")
    expect(said.last).to_contain_text("0 of 1 point")
    said = answer(RIGHT)
    expect(said.first).to_contain_text("neuron: right.")
    expect(said.last).to_contain_text("1 of 1 point")
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    saved = {c["id"]: c for c in json.loads(notebook.read_text(encoding="utf-8"))["cells"]}
    assert "".join(saved["neuron"]["source"]) == RIGHT
    page.close()
