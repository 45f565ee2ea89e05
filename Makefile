# Two commands for a fresh Debian or Ubuntu machine: `make build` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := build
.PHONY: build test system node-packages browser clean

build: $(VENV)/.installed
	$(BIN)/discgen build

test: $(VENV)/.installed-test node-packages browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

# System libraries and fonts are looked for each time: they may have been removed since.
system:
	@sh tools/install-system.sh

# What tests/editor, tests/preview and tests/report take from npm; they are skipped where it cannot be had.
node-packages: | system
	@sh tools/install-node-packages.sh

# The browser of tests/preview, some of which are skipped where it cannot be had.
browser: | system
	@sh tools/install-chromium.sh

$(VENV)/bin/python: | system
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml $(VENV)/bin/python | system
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml $(VENV)/bin/python | system
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@ $(VENV)/.installed

clean:
	rm -rf build $(VENV)
