"""Python for the browser from a folder: what a site takes of it, and what it refuses."""

import hashlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import live, runtime

ROOT = Path(__file__).parents[2]


@pytest.fixture
def distribution(tmp_path):
    """A folder such as a school downloads: the core, the packages, and one the course does not need."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    needs = {"numpy": [], "matplotlib": ["numpy", "cycler"], "cycler": [], "scipy": ["numpy"]}
    packages = {}
    for name, depends in needs.items():
        (folder / f"{name}.whl").write_text(name)
        digest = hashlib.sha256(name.encode()).hexdigest()
        packages[name] = {"file_name": f"{name}.whl", "sha256": digest, "depends": depends}
    for name in runtime.CORE:
        (folder / name).write_text(name)
    (folder / "pyodide-lock.json").write_text(json.dumps({"packages": packages}))
    return folder


def test_the_site_gets_what_is_needed(distribution, tmp_path):
    runtime.copy(distribution, tmp_path / "site")
    copied = {path.name for path in (tmp_path / "site").iterdir()}
    assert copied == {*runtime.CORE, "numpy.whl", "matplotlib.whl", "cycler.whl"}


@pytest.mark.parametrize("name", ["pyodide.js", "pyodide.asm.wasm", "cycler.whl"])
def test_a_missing_file_is_named_and_nothing_copied(distribution, tmp_path, name):
    (distribution / name).unlink()
    with pytest.raises(ExtensionError, match=name):
        runtime.copy(distribution, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_damaged_file_is_refused(distribution, tmp_path):
    (distribution / "cycler.whl").write_text("changed")
    with pytest.raises(ExtensionError, match=r"cycler\.whl is damaged"):
        runtime.copy(distribution, tmp_path / "site")


def build(setting, tmp_path):
    """Write the files of live cells as a build with this setting does; the folder they are in."""
    course = tmp_path / "course"
    course.mkdir(exist_ok=True)
    for name in ("book", "support"):
        (course / name).symlink_to(ROOT / name)
    app = SimpleNamespace(
        srcdir=course / "book",
        outdir=tmp_path / "html",
        builder=SimpleNamespace(format="html"),
        config=SimpleNamespace(live_runtime=setting),
    )
    live.write_files(app)
    return tmp_path / "html" / "_static" / "live"


def test_a_folder_is_copied_into_the_site_and_pages_lead_there(distribution, tmp_path):
    there = build("../pyodide", tmp_path)
    assert (there / live.address_in_site("../pyodide") / "numpy.whl").exists()
    assert (there / "worker.js").exists()
    assert (there / "data" / "mnist.npz").exists()


def test_of_an_address_nothing_is_copied(tmp_path):
    there = build("https://example.org/python", tmp_path)
    assert not (there / "runtime").exists()
    assert live.address_in_site("https://example.org/python") == "https://example.org/python/"
    assert (there / "glassnet.zip").exists()


def test_an_empty_setting_is_refused(tmp_path):
    with pytest.raises(ExtensionError, match="live_runtime"):
        build("", tmp_path)
