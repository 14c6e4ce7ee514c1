"""The records that chapters read are what their scripts write, and no chapter types their numbers."""

import ast
import csv
import re

import numpy as np
import pytest
from chapter_pattern import BOOK, ROOT, code_cells, markdown, read

BENCHMARKS = ROOT / "benchmarks"
# record: the chapter that shows it
SHOWN = {
    "backends": "keras/three-backends",
    "perceptrons": "projects/mnist-perceptrons",
    "cnn": "projects/mnist-cnn",
    "duplicates": "applications/sentiment-lstm",
    "scaling": "limits/compute-and-data",
    "colour": "applications/colour-images",
    "tuning": "applications/tuning",
    "dqn": "applications/deep-q-learning",
}


LEAST = {"colour": 0.35}  # the linear baseline; digits as they are make no network read less than 0.9
KEYS = ("experiment", "network", "engine", "seed", "images", "epochs")  # what tells runs apart


def rows(name):
    lines = (BENCHMARKS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def entries(name, table):
    """How many entries the dictionary of that name has in the script."""
    for node in ast.parse((BENCHMARKS / f"{name}.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == table:
            return len(node.value.keys)
    raise AssertionError(f"{name}.py has no {table}")


def strings(name):
    """Every string in the script, also the fixed parts of f-strings."""
    tree = ast.parse((BENCHMARKS / f"{name}.py").read_text(encoding="utf-8"))
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_record_has_its_script_and_its_chapter():
    assert {p.stem for p in BENCHMARKS.glob("*.csv")} == set(SHOWN)
    for name, chapter in SHOWN.items():
        assert (BENCHMARKS / f"{name}.py").is_file()
        text = markdown(read(BOOK / f"{chapter}.ipynb"))
        assert f"benchmarks/{name}.py" in text, f"{chapter} does not say which script made its record"


@pytest.mark.parametrize("name", SHOWN)
def test_a_record_says_when_where_and_with_what_it_was_made(name):
    lines = (BENCHMARKS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    notes = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    assert list(notes) == ["date", "machine", "python", "versions"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", notes["date"])
    assert re.search(r"\b(?:keras|scikit-learn|gymnasium) \d+\.\d+.*\bnumpy \d+\.\d+", notes["versions"])


@pytest.mark.parametrize("name", ["perceptrons", "cnn", "colour"])
def test_the_columns_are_those_the_script_writes(name):
    known = strings(name)
    parts = {f"{part}{what}" for part in ("train", "val", "test") for what in ("_loss", "_accuracy")}
    assert {"_loss", "_accuracy", "val", "test"} <= known
    for column in rows(name)[0]:
        assert column in known | parts, f"{name}.py does not write the column {column!r}"


@pytest.mark.parametrize("name", ["perceptrons", "cnn", "colour"])
def test_no_run_is_recorded_twice_and_every_score_is_a_share(name):
    table = rows(name)
    keys = [tuple(v for k, v in row.items() if k in KEYS) for row in table]
    assert len(set(keys)) == len(keys)
    for row in table:
        for column, value in row.items():
            if column.endswith("_accuracy") and value:
                assert LEAST.get(name, 0.9) < float(value) < 1
            if column.endswith("seconds"):
                assert float(value) > 0


def test_perceptrons_are_complete():
    """Every network of the script, in both engines, with the same seeds."""
    table = rows("perceptrons")
    networks, seeds = ({row[column] for row in table} for column in ("network", "seed"))
    assert networks <= strings("perceptrons")
    assert len(networks) == entries("perceptrons", "RUNS")
    assert len(seeds) >= 5
    expected = {(n, e, s) for n in networks for e in ("glassnet", "Keras") for s in seeds}
    assert {(row["network"], row["engine"], row["seed"]) for row in table} == expected
    for row in table:  # 10,000 test pictures: errors and accuracy are two words for one thing
        assert int(row["errors"]) == round(10_000 * (1 - float(row["test_accuracy"])))
        assert 0 <= int(row["sure_errors"]) <= int(row["errors"])


def test_cnn_is_complete_and_opens_the_test_part_for_finished_networks_only():
    by = {}
    for row in rows("cnn"):
        by.setdefault(row["experiment"], {}).setdefault(row["network"], []).append(row)
    assert set(by) == {"shortened", "finished", "ablation"}
    assert set(by["finished"]) == {"all ingredients", "one convolution"}
    assert len(by["ablation"]) == entries("cnn", "LEFT_OUT")
    assert set(by["ablation"]) <= strings("cnn")
    for experiment in ("finished", "ablation"):
        assert len({tuple(sorted(r["seed"] for r in runs)) for runs in by[experiment].values()}) == 1
        assert all(len(runs) >= 3 for runs in by[experiment].values())
    assert len({(r["images"], r["epochs"]) for runs in by["ablation"].values() for r in runs}) == 1
    assert all(bool(r["test_accuracy"]) == (r["experiment"] == "finished") for r in rows("cnn"))


def test_colour_is_complete_and_opens_the_test_part_for_what_is_reported():
    table = rows("colour")
    networks, seeds = ({row[column] for row in table} for column in ("network", "seed"))
    assert networks <= strings("colour")
    assert len(networks) == entries("colour", "NETWORKS")
    assert len(seeds) >= 3
    assert {(row["network"], row["seed"]) for row in table} == {(n, s) for n in networks for s in seeds}
    assert len({(row["images"], row["epochs"]) for row in table}) == 1
    opened = {row["network"] for row in table if row["test_accuracy"]}
    assert opened == {"linear", "perceptron", "residual, 8 layers", "residual, 20 layers"}


def test_tuning_is_complete_and_every_search_spent_its_budget():
    table = rows("tuning")
    by = {}
    for row in table:
        by.setdefault((row["method"], row["seed"]), []).append(row)
    methods, seeds = ({key[k] for key in by} for k in (0, 1))
    assert methods == {"grid", "random", "Bayesian", "Hyperband"}
    assert len(seeds) >= 4
    assert len(by) == len(methods) * len(seeds)
    for found in by.values():
        assert [int(row["trial"]) for row in found] == list(range(1, len(found) + 1))
        spent = [int(row["epochs"]) for row in found]
        assert sum(spent[:-1]) < 243 <= sum(spent)
        assert all(0.05 < float(row["val_accuracy"]) < 1 for row in found)


def test_the_finished_network_reads_993_of_1000_within_two_minutes_on_two_cores():
    """A training that has always one thread at work takes no longer than its processor time."""
    finished = [r for r in rows("cnn") if r["experiment"] == "finished" and r["network"] == "all ingredients"]
    assert all(float(row["test_accuracy"]) >= 0.993 for row in finished)
    assert all(float(row["processor_seconds"]) < 200 for row in finished)


def test_scaling_is_complete_and_follows_only_the_whole_training_set():
    """Every kind of network on every size, every width on its two sizes, each with all seeds."""
    table = rows("scaling")
    of = {name: [r for r in table if r["experiment"] == name] for name in ("images", "width", "course")}
    assert sum(map(len, of.values())) == len(table)
    for name in ("images", "width"):
        runs = {(r["network"], r["images"], r["seed"]) for r in of[name]}
        axes = [{r[key] for r in of[name]} for key in ("network", "images", "seed")]
        assert len(runs) == len(of[name]) == np.prod([len(axis) for axis in axes])
        assert all(0 < float(r["test_error"]) < 0.9 for r in of[name])
    assert len({r["network"] for r in of["images"]}) == entries("scaling", "STEPS")
    most = max(of["width"], key=lambda r: int(r["images"]))["images"]
    assert {r["images"] for r in of["course"]} == {most}
    assert not any(r["test_error"] for r in of["course"])
    for row in table:
        assert int(row["operations"]) % int(row["steps"]) == 0
        assert float(row["processor_seconds"]) > 0


@pytest.mark.parametrize("name", ["perceptrons", "cnn", "colour"])
def test_the_chapter_types_no_number_of_its_record(name):
    """Neither in a sentence nor in a cell, but for the bounds that its assertions hold the record to."""
    notebook = read(BOOK / f"{SHOWN[name]}.ipynb")
    lines = "\n".join(cell.source for cell in code_cells(notebook)).splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("assert "))
    text += markdown(notebook).partition("**Quiz.**")[0]
    for row in rows(name):
        for column, value in row.items():
            if not column.endswith(("_accuracy", "_loss")) or not value:
                continue
            written = {f"{float(value):.4f}"}
            if column.endswith("_accuracy"):
                written |= {f"{100 * float(value):.{digits}f}" for digits in (1, 2)}
            for number in written:
                typed = re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", text)
                assert not typed, f"{number} ({column}) is typed into {SHOWN[name]}"


@pytest.mark.parametrize("name", ["perceptrons", "cnn", "colour"])
def test_the_chapter_computes_a_row_again(name):
    code = "\n".join(cell.source for cell in code_cells(read(BOOK / f"{SHOWN[name]}.ipynb")))
    compared = re.findall(r"assert abs\(\w+(?:\[\w+\])? - (?:recorded|on_record)\) < 0\.0\d+", code)
    assert compared


def test_duplicates_are_complete_and_split_as_they_say():
    table = rows("duplicates")
    networks = {row["network"] for row in table}
    assert len(networks) == entries("duplicates", "MODELS")
    keys = {(row["network"], row["split"], row["seed"]) for row in table}
    assert keys == {(n, how, str(s)) for n in networks for how in ("rows", "texts") for s in range(5)}
    assert len(table) == len(keys)
    for row in table:
        share, seen, unseen = (float(row[c] or 0) for c in ("seen", "seen_accuracy", "unseen_accuracy"))
        assert share == 0 if row["split"] == "texts" else share > 0.7
        # All rows are those seen and those not.
        assert float(row["test_accuracy"]) == pytest.approx(share * seen + (1 - share) * unseen, abs=1e-5)


def test_dqn_is_complete_and_no_return_exceeds_the_limit():
    table = rows("dqn")
    networks, seeds = ({row[column] for row in table} for column in ("network", "seed"))
    assert len(networks) == entries("dqn", "LEFT_OUT")
    assert len(seeds) == 5
    steps = {int(row["step"]) for row in table}
    assert steps == set(range(2000, 20_001, 2000))
    keys = {(row["network"], row["seed"], int(row["step"])) for row in table}
    assert keys == {(n, s, t) for n in networks for s in seeds for t in steps}
    assert len(table) == len(keys)
    assert all(1 <= float(row["mean_return"]) <= 500 for row in table)
