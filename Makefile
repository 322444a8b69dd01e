# Two commands matter: `make serve` (see the notebook) and `make test` (prove it).
# They need Python 3.11+ and make; everything else is installed into .venv and the user's cache.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONCEPTBOOK := $(BIN)/conceptbook
INSTALLED := $(VENV)/.installed
EDITOR := generator/conceptbook/vendor/codemirror.js

.PHONY: help setup browser runtime serve build check verify test bench lint clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "conceptbook needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 3; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(EDITOR): $(INSTALLED) scripts/bundle-editor $(wildcard vendor/*.js*) vendor/bundle.mjs
	$(BIN)/python scripts/bundle-editor
	@touch $@

runtime: $(INSTALLED) ## Fetch the browser's Python, hash by hash, and prepare it, into the cache
	$(CONCEPTBOOK) runtime fetch
	$(CONCEPTBOOK) runtime prepare

browser: $(INSTALLED) ## Install a Chromium for the tests where there is none
	$(BIN)/python scripts/install-chromium

setup: $(INSTALLED) $(EDITOR) runtime ## Install everything that building needs

serve: setup ## Build, serve at http://localhost:8000/ and rebuild on change
	$(CONCEPTBOOK) serve

build: setup ## Write the site into site/
	$(CONCEPTBOOK) build

check: setup ## Look for faults in content/ and claims/
	$(CONCEPTBOOK) check

verify: setup browser ## Run every witness natively and in Chromium
	$(CONCEPTBOOK) verify --in native,browser

bench: setup browser ## Measure boot, job, visit, turn and mutations into benchmarks/README.md; want a quiet machine
	$(BIN)/python benchmarks/boot.py --write
	$(BIN)/python benchmarks/jobs.py --write
	$(BIN)/python benchmarks/visit.py --write
	$(BIN)/python benchmarks/author.py --write
	$(BIN)/python benchmarks/mutations.py --write

lint: $(INSTALLED) ## Style of the code
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

test: setup browser lint ## Everything that CI runs
	$(BIN)/python -m pytest -n 2 --dist loadfile

clean: ## Remove what was made here (the user's cache stays)
	rm -rf site .venv dist build .pytest_cache .ruff_cache .conceptbook
