# Dragoman: everything a developer or a newcomer types. Needs Python 3.11+ and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test check gate bench reader tables clean

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

demo: $(BIN)/.installed  ## code the demo coverage and print its record
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/dragoman code src/dragoman/data/demo --record demo.db
	$(BIN)/dragoman show --record demo.db

test: $(BIN)/.installed  ## the tests
	$(BIN)/python -m pytest

check: $(BIN)/.installed  ## style, types, architecture, tables as built
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) tables
	git diff --exit-code -- src/dragoman/data docs/codebook.md docs/cli.md

gate: $(BIN)/.installed  ## quality floors (data in ../shared; says what it skips); ARGS=--update raises them
	$(BIN)/python -m evals.gate $(ARGS)

bench: $(BIN)/.installed  ## speed and memory, of coding and of the reader alone
	$(BIN)/python -m evals.speed
	$(BIN)/python -m evals.reader_speed

reader: $(BIN)/.installed  ## train the reader anew, from data to weights and card: hours (pip install -e ".[dev,train]")
	$(BIN)/python -m train.reader train/reader.toml --out out/reader
	$(BIN)/python -m train.reader_export out/reader
	$(BIN)/python -m train.chains
	$(BIN)/python -m train.card

tables: $(BIN)/.installed  ## build src/dragoman/data from resources
	for script in scripts/build_*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm .mypy_cache .ruff_cache .pytest_cache .hypothesis
