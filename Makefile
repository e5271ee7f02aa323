# The project's commands; `make` alone lists them. Each installs what it needs into .venv.

PYTHON ?= python3
VENV ?= .venv
SIXES_RAW ?= ../shared/reference

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
    --generate-hashes --annotation-style line --custom-compile-command "make lock"
PYTEST = $(BIN)/python -m pytest -n auto --dist
SLOW = browser or pages or published or raw or slow or long
# For what may need more rights than the user has; empty for root.
SUDO = $(shell test "$$(id -u)" = 0 || command -v sudo)
BROWSERS = chromium chromium-browser google-chrome

.DEFAULT_GOAL = help
.PHONY: help app quick test test-long check data lock licences sbom audit stick browser clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

app: $(VENV)/.app ## start the dashboard and print its address (PORT=8600 for another port)
	@$(BIN)/python -m sixes_geo app $(if $(PORT),--port $(PORT))

quick: $(VENV)/.dev ## run what answers within a minute: functions, and cities made up for tests
	@$(PYTEST) worksteal --hypothesis-profile=quick -m "not ($(SLOW))" \
	    $(addprefix --ignore=tests/,browser build cli export install pages server) \
	    $(addprefix --ignore=sixes_geo/,build cli export server ui) $(ARGS)

test: $(VENV)/.dev ## run all tests but the long (ARGS="-k legend" for some), with a browser if any
	@$(PYTEST) worksteal -m "not long" $(ARGS)

test-long: $(VENV)/.dev ## run what takes its time: rebuilding, installing, many random examples
	@$(PYTEST) loadgroup --hypothesis-profile=long -m "long or hypothesis" $(ARGS)

check: $(VENV)/.dev ## check style, types and layers, which every change must pass
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

data: $(VENV)/.app ## rebuild geodata/ from the raw files (SIXES_RAW=folder; CITY=rio for one city)
	@$(BIN)/python -m sixes_geo build $(CITY) --raw "$(SIXES_RAW)"

lock: $(VENV)/.dev ## pin the packages of pyproject.toml again, for all systems (LOCK_ARGS=--upgrade)
	@$(LOCK) $(LOCK_ARGS) pyproject.toml --output-file requirements.txt
	@for group in dev build; do \
	    $(LOCK) $(LOCK_ARGS) --group $$group --constraints requirements.txt \
	        --output-file requirements-$$group.txt || exit 1; \
	done

licences: $(VENV)/.dev ## write docs/licences.md from what is installed, after a change of the lock
	@$(BIN)/python tools/licences.py

sbom: $(VENV)/.dev ## write the list of all components with checksums (CycloneDX) to dist/
	@$(BIN)/python tools/sbom.py

audit: $(VENV)/.dev ## ask a database of known faults about the locked packages (needs a network)
	@$(BIN)/python tools/audit.py

stick: $(VENV)/.dev ## write one ZIP to dist/ that runs without a network (ARGS="--platform linux")
	@$(BIN)/python tools/stick.py $(ARGS)

browser: ## install Chromium and fonts for the browser tests (Debian and its relatives)
	@for name in $(BROWSERS); do command -v $$name >/dev/null && found=$$name; done; \
	if test -n "$$found" && fc-list 2>/dev/null | grep -q "Noto Sans"; then \
	    echo "$$found and its fonts are already installed"; \
	elif command -v apt-get >/dev/null; then \
	    echo "Installing Chromium and fonts"; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends \
	        chromium fontconfig fonts-noto-core >/dev/null; \
	else \
	    echo "Install Chromium with your system's package manager, then run make test"; exit 1; \
	fi

clean: ## remove .venv and everything the tools left behind
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp records what was installed last; it is made again only when the list has changed.
$(VENV)/.app: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with make PYTHON=...")'
	@echo "Installing what the dashboard needs into $(VENV) (once; a minute or so)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.app
	@echo "Installing what tests and checks need into $(VENV) (once; half a minute)"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
