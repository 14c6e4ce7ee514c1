"""The house itself: what is pinned, what imports what, and that the README's commands exist."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = re.findall(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ; (.+?))? \\$", LOCK, re.M)


def text_files():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in names.stdout.splitlines():
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


def imported(folder):
    """(file, module) for every absolute import below a folder."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield file, node.module
                yield from ((file, f"{node.module}.{alias.name}") for alias in node.names)


def test_lock_pins_every_package_with_hashes_and_names_no_address():
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(blocks) == len(PINS) > 100
    assert [b.split("==")[0] for b in blocks if "--hash=sha256:" not in b] == []
    assert not re.search(r"://|--index-url|--find-links|^/", LOCK, re.M)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_lock_satisfies_what_the_project_asks_for(python):
    environment = {"python_full_version": f"{python}.5", "python_version": python, "sys_platform": "linux"}
    environment |= {"platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"}
    pinned = {
        name.lower().replace("_", "-"): version
        for name, version, marker in PINS
        if not marker or Marker(marker).evaluate(environment)
    }
    # The extra "backends" is installed by who wants to compare engines: PyTorch alone takes gigabytes.
    extras = [
        r for name, extra in PROJECT["optional-dependencies"].items() if name != "backends" for r in extra
    ]
    for requirement in map(Requirement, PROJECT["dependencies"] + extras):
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), requirement


def test_glassnet_leans_on_numpy_alone():
    allowed = {"numpy", "glassnet"} | set(sys.stdlib_module_names)
    special = {
        "plots.py": {"matplotlib", "cycler", "IPython"},
        "callbacks.py": {"tqdm"},
        "pack.py": {"pandas", "scipy", "sklearn"},
        "interop.py": {"keras"},  # when they are called
    }
    library = ROOT / "support" / "glassnet"
    outside = {
        f"{file.relative_to(library)} imports {module}"
        for file, module in imported(library)
        if module.split(".")[0] not in allowed | special.get(file.name, set())
        and not (file.parent.name == "checks" and module == "keras")  # of exercises that are about Keras
    }
    assert outside == set()


def test_classroom_never_imports_glassnet_and_nothing_imports_a_chapter():
    classroom = {module.split(".")[0] for _, module in imported(ROOT / "support" / "classroom")}
    assert "glassnet" not in classroom
    everywhere = {module.split(".")[0] for _, module in imported(ROOT / "support")}
    assert not everywhere & {"book", "solutions", "exercises", "tests"}


@pytest.mark.slow
def test_wheel_carries_the_data_and_both_packages(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    source = tmp_path / "source"
    for name, _ in text_files():
        if name.startswith(("support/", "pyproject", "README", "LICENSE")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    for file in (ROOT / "support/glassnet/datasets/data").iterdir():
        (source / file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        (source / file.relative_to(ROOT)).write_bytes(file.read_bytes())
    subprocess.run([*command, "--wheel-dir", tmp_path, source], check=True)
    (wheel,) = tmp_path.glob("glassnet-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("mnist", "boston_housing", "ames_housing", "movie_snippets"):
        assert f"glassnet/datasets/data/{name}.npz" in names
    assert {"glassnet/model.py", "glassnet/checks/__init__.py", "classroom/cli.py"} <= names


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "book/start/how-to.md"])
def test_every_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"\bmake ([a-z-]+)\b(?=[`\s]*(?:$|[`#]))", (ROOT / page).read_text("utf-8"), re.M))
    assert named
    assert named <= targets


def test_files_that_the_readme_links_to_exist():
    for page in ("README.md", "CONTRIBUTING.md"):
        for link in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", (ROOT / page).read_text(encoding="utf-8")):
            assert (ROOT / link).exists(), f"{page} links to {link}"


def test_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]


def test_no_path_of_a_machine_is_committed():
    pattern = re.compile(r"(?<![\w.~/-])/(?:root|home/(?!user\b|me\b)\w+|Users|work|tmp/bash)\b/")
    found = [name for name, text in text_files() if name != "requirements.lock" and pattern.search(text)]
    assert found == []
