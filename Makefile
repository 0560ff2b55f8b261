# Entry points: `make demo`, `make test`, `make check`, `make bench`. Each sets up what it needs, so any may be the first.
#
# PYTHON names the interpreter that the environment is made with (3.11 to 3.14).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= auto

.PHONY: demo test programs check bench fuzz mutants compiled lint types layers fast-tests all-tests format lock errors-page authoring-page messages data index clean help
.DEFAULT_GOAL := help

help:
	@echo 'make demo    switch to an example home in a scratch folder, and show what it gives'
	@echo 'make test    everything that is tested, `make check` included'
	@echo 'make check   lint, types, layers and the fast tests'
	@echo 'make bench   start-up, switch, options and evaluator, as ratios to Python and to real Nix'
	@echo 'make compiled  a wheel in dist/ whose evaluator is machine code; needs a C compiler'
	@echo 'make fuzz    programs, bytes and hostile words at random, for FUZZ_SECONDS (600): as Nix, no crash, read as written'
	@echo 'make mutants  breaks the code in one place at a time: do the tests notice?'
	@echo 'make crash-report  what becomes of switches that end badly'
	@echo 'make .venv   the environment alone: .venv/bin/home-manager'

# The stamp lies inside the environment, so that removing .venv is enough to have it made anew.
$(READY): requirements.lock pyproject.toml setup.py tools/environment
	@tools/environment "$(PYTHON)" "$(VENV)"
	@touch $@

.PHONY: $(VENV)
$(VENV): $(READY)

demo: $(READY)
	@tools/demo

test: programs check
	$(BIN)/pytest -q -n $(JOBS) -m 'slow' tests || [ $$? -eq 5 ] # 5: there are none

# The suite has these read the files that are made for them.
programs: $(READY)
	@tools/test-programs

check: lint types layers fast-tests

lint: $(READY)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-logo

fast-tests: $(READY)
	$(BIN)/pytest -q -n $(JOBS) -m 'not slow' tests

# A wheel for those who evaluate a lot. What is measured and tested otherwise is the Python that stands in src/.
compiled: $(READY)
	@tools/compiled $(BIN)/python

bench: $(READY)
	@$(BIN)/python bench/run.py

# What is found lies in fuzz-findings/. Programs are compared where NIX_BIN names the folder of a real nix-instantiate.
fuzz: $(READY)
	@tools/fuzz all

# A switch that dies at every action, at every system call, by kill -9, on full and read-only disks: what became of it.
crash-report: $(READY)
	@$(BIN)/python tests/crash/report.py

# MUTANTS of them with SEED, over the rooms that can lose, leak or run something; what survives stands in what it prints.
MUTANTS ?= 200
SEED ?= 1
mutants: $(READY)
	@$(BIN)/python tools/mutants --number $(MUTANTS) --seed $(SEED) --json build/mutants.json

format: $(READY)
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

# What git ignores and the program reads: the module index, made anew by itself after a change, and compiled catalogues.
data index: $(READY)
	@$(BIN)/python -c 'from home_manager.modules import indexed; indexed().refreshed()'
	@$(BIN)/python tools/messages.py --compile

# Brings the catalogues of translations up to date with the sentences in the sources.
messages: $(READY)
	$(BIN)/python tools/messages.py

# The page of all types, formats and parts of the module language.
authoring-page: $(READY)
	$(BIN)/python tools/authoring_page.py

errors-page: $(READY)
	$(BIN)/python tools/errors_page.py

# Made with uv, which must be at hand; hashes of every file of every version named, for all supported Pythons.
lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --no-annotate --quiet -o requirements.lock

clean:
	@if [ -d demo-home ]; then chmod -R u+w demo-home; fi
	rm -rf $(VENV) build dist demo-home .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
