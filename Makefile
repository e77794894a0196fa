# Two commands are enough for a newcomer: `make demo` and `make test`. Both set up .venv first.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-peers conformance model races mutations fuzz docs format lock clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

demo: $(STAMP) ## play both examples on fresh repositories in a temporary folder
	@$(BIN)/syngraph demo --yes

test: $(STAMP) ## run every test (offline once installed)
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(STAMP) ## lint, formatting, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) ## measure, beside the targets
	@$(BIN)/python -m benchmarks

bench-peers: $(STAMP) ## measure beside clingo: one contract, the same answers and reasons, as a ratio
	@$(BIN)/python -m benchmarks peers

conformance: $(STAMP) ## the worked cases alone: votes, days, real bylaws (FRAMES=file), stores of CommonAccord (EXPECTED=rows.tsv)
	@$(BIN)/python tests/grammar/frames.py $(FRAMES)
	$(BIN)/python -m pytest -m conformance -rs

mutations: $(STAMP) ## take away each guard against an attack, and see its tests fail
	$(BIN)/python tests/attacks/mutations.py

model: $(STAMP) ## play random lives on the engine and on an independent model of the chain (LIVES=150)
	SYNGRAPH_MODEL=$(or $(LIVES),150) $(BIN)/python -m pytest tests/model

races: $(STAMP) ## ten processes race for 200 rounds, others are killed while they write
	SYNGRAPH_ROUNDS=200 $(BIN)/python -m pytest -n 2 tests/races

fuzz: $(STAMP) ## broken sentences, documents, statements, manifests: SECONDS=60 of the processor (GUIDED=sentence: led by coverage, with atheris)
	@$(BIN)/python tests/fuzz/$(if $(GUIDED),guided.py $(GUIDED),fuzz.py) $(or $(SECONDS),60)

docs: $(STAMP) ## rewrite the pages that are generated: command reference, drafting, grammar and its table, transcripts
	$(BIN)/python -m pytest tests/house/test_reference.py tests/house/test_drafting.py tests/house/test_grammar_page.py tests/house/test_grammar_table.py tests/transcripts --rewrite

format: $(STAMP) ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(STAMP) ## rewrite requirements-dev.txt from what .venv holds
	@{ sed -n '/^#/p' requirements-dev.txt; $(BIN)/python -m pip freeze --exclude-editable; } > requirements-dev.new
	@mv requirements-dev.new requirements-dev.txt

clean: ## remove what make has made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

# The stamp is newer than the lock and the project file while the environment is up to date.
$(STAMP): requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "make: '$(PYTHON)' was not found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: $(PYTHON) is $$($(PYTHON) -V 2>&1); syngraph needs Python 3.11 or newer." >&2; \
	  echo "      Name one that is: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || { $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null && $(PYTHON) -m venv $(VENV); } || { \
	  rm -rf $(VENV); \
	  echo "make: $(PYTHON) cannot make a virtual environment: its 'venv' or 'ensurepip' module is missing." >&2; \
	  echo "      On Debian and Ubuntu: sudo apt install python3-venv. Then run make again." >&2; exit 1; }
	@echo "make: installing into $(VENV) (once)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
