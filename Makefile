# Everything a developer needs. `make demo` and `make test` need nothing before them but Python 3.11+.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types format site docs evaluate bench fuzz build release clean

help: ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: $(READY) ## Make .venv with all that developers need

$(READY): pyproject.toml models/wortlaut-de/pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Wortlaut needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[model,archive,bulk,exports,mcp,pandas,postgresql,ray,web]' --group dev
	$(RUN)/python -m pip install --quiet --disable-pip-version-check ./models/wortlaut-de
	touch $(READY)

demo: $(READY) ## Read the example pages and ask them two questions
	@$(RUN)/wortlaut demo

test: $(READY) lint types ## Check the style, the types, the imports, and run all tests with coverage
	$(RUN)/python -m pytest --cov --cov-fail-under=80

lint: $(READY) ## Check style and the direction of imports
	$(RUN)/ruff format --check --quiet .
	$(RUN)/ruff check --quiet .
	$(RUN)/lint-imports --no-cache > .lint-imports.log || (cat .lint-imports.log; exit 1)
	@rm -f .lint-imports.log

types: $(READY) ## Check types
	$(RUN)/mypy

format: $(READY) ## Put the code into the house's form
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

docs: $(READY) ## Write into README and docs/ what their commands print now
	$(RUN)/python -m tests.docs

site: $(READY) ## Build the documentation into site/, its reference pages made from the code
	NO_MKDOCS_2_WARNING=1 $(RUN)/mkdocs build --quiet

evaluate: $(READY) ## Measure on the corpora, if they are there, and hold the figures to their floors
	$(RUN)/python evaluation/evaluate.py

bench: $(READY) ## Measure speed against the work's own unit
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(RUN)/python evaluation/bench

fuzz: $(READY) ## Feed extraction with bytes that a fuzzer finds, for five minutes
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	$(RUN)/python tests/fuzz/extraction.py -max_total_time=300 -max_len=20000

build: $(READY) ## Build the wheel and the source archive into dist/
	$(RUN)/python -m build --no-isolation

release: ## Build wheels, archives, SBOM and licence list into dist/, and try them in new environments
	.ci/release

clean: ## Remove what these commands made
	rm -rf $(VENV) dist site .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
