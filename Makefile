# Dragoman: everything a developer or a newcomer types. Needs Python 3.11+ and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# One thread for each process that multiplies matrices: several on few cores wait for each other.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: demo test check gate bench reader coder relation tables clean

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

demo: $(BIN)/.installed  ## code the demo coverage and print its record
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/dragoman code src/dragoman/data/demo --record demo.db
	$(BIN)/dragoman show --record demo.db
	@echo 'Open it in a browser: $(BIN)/dragoman serve --record demo.db'

test: $(BIN)/.installed  ## the tests
	$(BIN)/python -m pytest

check: $(BIN)/.installed  ## style, types, architecture, tables as built
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) tables
	git diff --exit-code -- src/dragoman/data docs/codebook.md docs/cli.md docs/exports.md

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

coder: $(BIN)/.installed  ## train the coder's network on top of the reader of out/reader: an hour
	$(BIN)/python -m train.coder_items out/examples
	$(BIN)/python -m train.coder_cells out/examples
	$(BIN)/python -m train.coder out/examples --out out/coder --start out/reader/last.pt
	$(BIN)/python -m train.coder_export out/coder/last.pt
	$(BIN)/python -m train.cells out/examples out/coder/last.pt --write
	$(BIN)/python -m train.coder_left_out --reliability

relation: $(BIN)/.installed  ## train the network that reads what a sentence tells of two given parties: a quarter of an hour
	$(BIN)/python -m train.relation --out out/relation
	$(BIN)/python -m train.relation_export out/relation/last.pt

tables: $(BIN)/.installed  ## build src/dragoman/data from resources
	for script in scripts/build_*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm .mypy_cache .ruff_cache .pytest_cache .hypothesis
