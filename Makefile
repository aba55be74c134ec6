# Everything starts here: `make run` and `make test` need Python 3.11 or newer and nothing else.

PORT ?= 8000
ARGS ?=
ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell tools/find-python)
endif
BIN := .venv/bin
JOURNAL := $(BIN)/python -m journal.cli
TOOL := "$(PYTHON)" -m tools
NPM := $(TOOL).node

.NOTPARALLEL:
.PHONY: help run test test-long check unit bench screenshots audit sbom attacks lock clean python dev

help: ## Show what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 20

run: python ## Start the demo clinic on http://localhost:8000 (PORT=8010 for another port)
	@$(TOOL).port $(PORT)
	@$(TOOL).packages run
	@$(TOOL).pwa run
	@test -e var/journal.env || $(JOURNAL) init
	@JOURNAL_PUBLIC_URL=$${JOURNAL_PUBLIC_URL:-http://localhost:$(PORT)} $(JOURNAL) demo
	@JOURNAL_PUBLIC_URL=$${JOURNAL_PUBLIC_URL:-http://localhost:$(PORT)} exec $(JOURNAL) serve --port $(PORT) --log var/journal.log

test: check unit ## Everything: linters, types, both databases, browser tests (ARGS= for pytest)
	@$(TOOL).chromium
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadgroup $(ARGS)

test-long: check unit ## The same with the long proofs: thousands of operations, an hour and more (ARGS= for pytest)
	@$(TOOL).chromium
	JOURNAL_LONG=1 $(BIN)/pytest -n auto --maxprocesses 4 --dist loadgroup --timeout 3600 $(ARGS)

check: dev ## Linters, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --severity-level medium --exclude journal/migrations journal wsgi.py tools
	$(BIN)/python -m tools.rules
	$(NPM) run --silent check

unit: dev ## The tests of the pages, and their size
	$(NPM) test
	$(NPM) run --silent size

bench: dev ## Measure against the floors of this machine, on both databases
	$(BIN)/python -m tests.bench $(ARGS)

screenshots: dev ## Take a picture of every screen at both sizes, light, dark and soft (ARGS="light phone recover": some)
	@$(TOOL).chromium
	$(BIN)/python -m tests.screenshots $(ARGS)

audit: dev ## Look the locked packages up among known faults (needs a network)
	@$(TOOL).packages audit
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements/run.txt
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements/dev.txt
	$(NPM) audit --audit-level=moderate

sbom: dev ## Write build/sbom.json: every package of the product, with its hashes (CycloneDX)
	$(BIN)/python -m tools.sbom

attacks: dev ## Attack a server of our own on this machine; print the figures (ARGS=R18 for one)
	$(BIN)/python -m tests.attacks $(ARGS)

lock: python ## Write requirements/*.txt anew (ARGS=--upgrade for the newest versions)
	@$(TOOL).packages dev
	@$(TOOL).lock $(ARGS)

clean: ## Remove what was installed and built; keeps var/ and its data
	rm -rf .venv build journal/static frontend/node_modules test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

dev: python
	@$(TOOL).packages dev
	@$(TOOL).pwa dev

python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "PYTHON=$(PYTHON) is not a Python 3.11 or newer." >&2; exit 1; }
