# Everything the course can do, one target each. `make help` lists them.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
NOTEBOOKS = $(shell find book solutions exercises -name '*.ipynb' -not -path '*/.*' -not -path '*/_*')
CORES  := $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
PORT   ?= 8000

# Quiet where nobody looks, loud where it matters: pip and TensorFlow both chatter.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export TF_CPP_MIN_LOG_LEVEL := 3

# Nothing here may run twice at once, whatever -j says: the test steps use all cores themselves.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help book serve pdf links lab release grade answers bench test test-fast test-site lint format notebooks \
        venv system runtime lock clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## ------------------------------------------------------------------ the environment

INSTALLED := $(VENV)/installed

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if (3, 11) <= v < (3, 14) else \
	    f"Python 3.11, 3.12 or 3.13 is needed, this is {v.major}.{v.minor}: make PYTHON=python3.13 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages of requirements.lock into $(VENV): a minute or two"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

venv: $(INSTALLED) ## create .venv with every package of requirements.lock

system: ## install Chromium, bubblewrap and PostgreSQL, where apt and root are at hand
	@sh .ci/system

RUNTIME := $(VENV)/runtime/pyodide.js

runtime: $(RUNTIME) ## fetch Python for the browser, with which the tests run live cells

$(RUNTIME): tests/site/fetch_runtime.py | $(INSTALLED)
	@echo "Fetching Python for the browser into $(@D)"
	@$(BIN)/python tests/site/fetch_runtime.py $(@D)
	@touch $@

lock: ## pin the newest versions that work together (needs uv)
	@command -v uv >/dev/null || { echo "uv is missing: install it with 'pip install uv'"; exit 1; }
	uv pip compile pyproject.toml --extra keras --extra book --extra classroom --extra cluster \
	    --extra postgresql --extra test \
	    --universal --python-version 3.11 --upgrade \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

## ------------------------------------------------------------------ read

TEX := texlive-xetex texlive-latex-extra texlive-fonts-recommended latexmk \
       fonts-texgyre fonts-texgyre-math fonts-dejavu fonts-droid-fallback

book: $(INSTALLED) ## execute the chapters and build the site
	$(BIN)/jupyter-book build book -W -n --keep-going
	@echo "The site is ready: 'make serve' shows it, or open _build/html/index.html"

serve: ## show the built site on http://127.0.0.1:8000 (PORT=...)
	@test -f _build/html/index.html || { echo "There is no finished site yet: run 'make book' first"; exit 1; }
	@echo "The book is at http://127.0.0.1:$(PORT)/ (Ctrl+C ends)"
	@$(PYTHON) -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html >/dev/null 2>&1

pdf: $(INSTALLED) ## make one PDF of the whole book (needs TeX: the README lists the packages)
	@command -v xelatex >/dev/null && command -v latexmk >/dev/null || { \
	    echo "xelatex or latexmk is missing: sudo apt-get install $(TEX)"; exit 1; }
	$(BIN)/jupyter-book build book --builder latex -W -n --keep-going
	@echo "Setting the pages: a minute or two"
	@cd _build/latex && latexmk -xelatex -interaction=nonstopmode -halt-on-error -silent glassnet.tex >run.log 2>&1 \
	    || { grep -A3 '^!' glassnet.log; echo "LaTeX failed: its words are in _build/latex/glassnet.log"; exit 1; }
	@! grep -E 'Missing character|LaTeX Warning: (Reference|Citation|Hyper reference)' _build/latex/glassnet.log
	@cp _build/latex/glassnet.pdf _build/glassnet.pdf
	@echo "The book is in _build/glassnet.pdf"

links: $(INSTALLED) ## ask every external link whether it still answers (needs the network)
	$(BIN)/jupyter-book build book --builder linkcheck --keep-going

## ------------------------------------------------------------------ do and grade

lab: $(INSTALLED) ## open the exercises in JupyterLab
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab --ip=127.0.0.1 --LabApp.default_url=/lab/tree/exercises \
	    $(if $(filter 0,$(shell id -u)),--allow-root)

release: $(INSTALLED) ## generate exercises/ from solutions/
	$(BIN)/classroom release

grade: $(INSTALLED) ## grade a sample class with nbgrader, in a scratch course
	$(BIN)/python tests/classroom/sample_class.py

answers: $(INSTALLED) ## print how every answer of the bank fares, and write the guide's tables
	$(BIN)/python tests/answers/answer_tables.py
	$(BIN)/python tests/answers/rubric_tables.py
	$(BIN)/pytest tests/answers -q -s

## ------------------------------------------------------------------ test

# One process a core: threads beside them would wait for each other, spinning.
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses=$(CORES) --dist=loadfile

# Graders with workers of their own, some of them killed on purpose: nothing may run beside these tests.
GRADING := tests/hostile tests/classroom/test_grade.py tests/classroom/test_cluster.py \
           tests/classroom/test_nothing_lost.py

test: $(INSTALLED) lint system runtime ## run everything: style, units, exercises, book, site, notebooks
	$(BIN)/classroom release --check
	$(MAKE) --no-print-directory book
	$(PYTEST) tests $(GRADING:%=--ignore=%)
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest $(GRADING)
	$(MAKE) --no-print-directory notebooks

test-fast: $(INSTALLED) lint ## run what takes under a minute
	$(PYTEST) tests -m "not slow and not site"

test-site: $(INSTALLED) system runtime ## look at the built site in Chromium
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses=$(CORES) --dist=worksteal tests/site

notebooks: $(INSTALLED) ## run every notebook from top to bottom, each in a fresh kernel
	$(PYTEST) --nbval-lax --nbval-current-env --nbval-cell-timeout=300 $(NOTEBOOKS)

lint: $(INSTALLED) ## check style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --keep-id --verify $(NOTEBOOKS)

format: $(INSTALLED) ## mend style and strip outputs
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/nbstripout --keep-id $(NOTEBOOKS)

bench: $(INSTALLED) ## measure against Keras and stock nbgrader: ratios, as tables
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/grading.py

clean: ## delete what was built, but not the environment
	rm -rf _build

distclean: clean ## delete the environment too
	rm -rf $(VENV)
