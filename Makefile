# `make run` opens the page and `make test` passes the tests; each does the set-up that it needs.
.DEFAULT_GOAL := help
.PHONY: help install run test check bench calibrate train clean

PYTHON ?= python3
DATA ?= ../shared/data
INTERVIEW ?=
WORK ?= build/training
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

help: ## list these commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

# Each set of packages has a stamp, so that a second call installs nothing again.
$(VENV)/run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed: make run PYTHON=python3.12"; exit 1; }
	@echo "Setting up in $(VENV); the first time this takes a few minutes."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@touch $@

$(VENV)/test: $(VENV)/run
	@$(PIP) --editable ".[test,bench]"
	@touch $@

install: $(VENV)/run ## set up .venv, which the others do by themselves

run: $(VENV)/run ## open the page (INTERVIEW=talk.txt for an interview of your own)
	@$(BIN)/python app.py $(INTERVIEW)

test: $(VENV)/test ## pass the tests
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: $(VENV)/test ## look for mistakes of style and type
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(VENV)/test ## print the figures (DATA=folder of question sets)
	@$(BIN)/python -m benchmarks "$(DATA)"
	@$(BIN)/python -m benchmarks.archive "$(DATA)"

calibrate: $(VENV)/test ## fit the confidence and choose the threshold (DATA=…)
	@$(BIN)/python -m benchmarks.calibrate "$(DATA)"

train: $(VENV)/test ## train the reader anew (DATA=…, WORK=folder to work in); interrupted, it goes on
	@GLIBC_TUNABLES=glibc.malloc.hugetlb=1 $(BIN)/python -m training "$(DATA)" "$(WORK)"
	@$(BIN)/python -m training.evaluate - "$(DATA)"

clean: ## remove .venv and what was built
	rm -rf $(VENV) build dist *.egg-info
