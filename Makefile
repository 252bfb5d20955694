# Everything that onrecord needs is set up here, in .venv. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SHARED ?= ../shared
TESTERS ?= 2

.PHONY: help demo test lint types order unit gate model bench lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: $(VENV)/run  ## build the sample archive and serve it on 127.0.0.1
	$(BIN)/onrecord demo

test: $(VENV)/dev lint types order unit gate  ## every check and test

lint: $(VENV)/dev  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev  ## mypy --strict, tests too
	$(BIN)/mypy

order: $(VENV)/dev  ## the order of imports
	$(BIN)/lint-imports --no-logo

unit: $(VENV)/dev  ## the tests
	$(BIN)/python -m pytest -n $(TESTERS)

gate: $(VENV)/dev  ## quality of the shipped model against its floor (needs the labelled data; says so when it is absent)
	$(BIN)/python training/gate.py --shared $(SHARED)

model: $(VENV)/train  ## train the attribution model from the labelled data (slow)
	PATH="$(abspath $(VENV)/train/bin):$$PATH" training/make_model.sh $(SHARED) build/model

bench: $(VENV)/dev  ## figures of speed and memory on the sample archive
	$(BIN)/python -m benchmarks.build src/onrecord/sample

lock: $(VENV)/bin/python  ## write the versions of all dependencies anew
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet --python-version 3.11 --only-binary :all: --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.lock
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements/dev.lock

clean:  ## remove the environment and what tests left
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@scripts/system-packages python
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: $(VENV)/bin/python requirements/run.lock pyproject.toml
	$(PIP) install --quiet --require-hashes -r requirements/run.lock
	$(PIP) install --quiet --no-deps -e .
	@touch $@

$(VENV)/dev: $(VENV)/bin/python requirements/dev.lock pyproject.toml
	@scripts/system-packages tests
	$(PIP) install --quiet --require-hashes -r requirements/dev.lock
	$(PIP) install --quiet --no-deps -e .
	@touch $@ $(VENV)/run

$(VENV)/train: $(VENV)/bin/python training/requirements.txt
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet -r training/requirements.txt
	@touch $@
