# Needs only python3 (with venv) and make; everything else is installed into .venv. The checks of
# the page's JavaScript and CSS also need Node.js, and install their tools into node_modules.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp-installed
PAGE_STAMP := node_modules/.stamp-installed
NODE ?= node
NPM ?= npm
DEMO_DB ?= var/demo.db
# More arguments for pytest: make test ARGS="tests/domain -k deadline"
ARGS ?=

.PHONY: help setup run test test-long check page format cover fuzz bench golden pictures clean

help:
	@echo "make setup   install everything into $(VENV)"
	@echo "make run     start the assistant on a demo database kept in $(DEMO_DB)"
	@echo "make test    lint, types, contracts and the tests"
	@echo "make test-long  the same with the long tests and more examples"
	@echo "make check   lint, types and contracts only"
	@echo "make page    lint and types of the web page only (needs Node.js)"
	@echo "make format  let ruff rewrite the files"
	@echo "make cover   which branches of domain/ the tests leave out"
	@echo "make fuzz    the long random runs"
	@echo "make bench   the benchmarks"
	@echo "make golden  rewrite the expected replies and the table of owners (look at the diff)"
	@echo "make pictures take the pictures of the guides again (needs chromium)"
	@echo "make clean   remove $(VENV), node_modules and caches; databases stay"

setup: $(STAMP)

# The lock file has hashes; an editable install cannot have one, so it is a second step that
# downloads and resolves nothing. A failed install leaves no stamp file.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "antt-bot needs Python 3.11 or newer; name one with: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

run: setup $(DEMO_DB)
	@$(BIN)/antt serve --db $(DEMO_DB)

# The command writes a temporary file and renames it, so an interrupted start leaves no partial file.
$(DEMO_DB): | setup
	@mkdir -p $(dir $@)
	@$(BIN)/antt demo --db $@

test: check
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

test-long: check
	@$(BIN)/python -m pytest --long -n auto --dist worksteal $(ARGS)

check: setup page
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Without Node.js a developer can still work on everything else, so here it is only a warning; in
# CI it is an error, because otherwise the missing check would not be noticed.
page:
	@if $(NODE) -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 18 || (a == 18 && b >= 18) ? 0 : 1)' 2>/dev/null && \
	    $(NPM) --version >/dev/null 2>&1; then \
	  $(MAKE) --silent --no-print-directory $(PAGE_STAMP) && $(NPM) run --silent check; \
	else \
	  echo "The page's JavaScript and CSS are NOT checked: that needs Node.js 18.18 or newer, with npm." >&2; \
	  test -z "$$CI"; \
	fi

$(PAGE_STAMP): package.json package-lock.json .npmrc
	@echo "Installing into node_modules ..."
	@$(NPM) ci --silent
	@touch $(PAGE_STAMP)

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

cover: setup
	@$(BIN)/coverage run --source=domain -m pytest -q $(ARGS)
	@$(BIN)/coverage report

fuzz: setup
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest --long -m fuzz $(ARGS)

bench: setup
	@$(BIN)/python -m benchmarks $(ARGS)

golden: setup
	@$(BIN)/python -m pytest --golden tests/conversations tests/owners

pictures: setup
	@$(BIN)/python -m tests.channels.web.take_pictures

clean:
	@rm -rf $(VENV) node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
