# Two commands for a fresh Debian or Ubuntu machine: `make build` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := build/uv/bin/uv
OLDEST := build/oldest

# What is installed is named in requirements/, by version and hash, and is never built here.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED = $(INSTALL) --require-hashes --only-binary :all: --requirement
THIS = $(INSTALL) --no-deps --no-build-isolation --editable .

# The department that every Python builds, and where.
SAMPLE := wanli-street/2025
SAMPLE_WORKSPACE = build/sample/$(notdir $(VENV))

# The tests of a file stay together, for they share documents; tests/conftest.py says which files come first.
ON_BOTH_CORES = -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := build
.PHONY: build docs test check pytest coverage smoke sample bench test-pythons test-oldest lock requirements system node-packages browser office clean

build: $(VENV)/.installed
	$(BIN)/discgen build

# A page for each rule, in build/docs/rules/.
docs: $(VENV)/.installed
	$(BIN)/python -m tools.rule_pages

test: check pytest smoke

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Hundreds of processes of the tests load the program: it is compiled once, also where the shell asks for no bytecode.
pytest coverage test-oldest: export PYTHONDONTWRITEBYTECODE =

pytest: $(VENV)/.installed-test node-packages browser office
	$(BIN)/pytest $(ON_BOTH_CORES)

# How much of the program the tests run, to look at; measuring takes a tenth of their time, so no other target does.
coverage: $(VENV)/.installed-test node-packages browser office
	$(BIN)/python -m tools.coverage $(ON_BOTH_CORES)

# The other Pythons of this machine, in short: all data are checked, and one document becomes the same bytes.
smoke: $(VENV)/.installed
	rm -rf build/sample
	$(MAKE) --no-print-directory sample
	$(BIN)/python -m tools.on_pythons --others sample
	@for made in build/sample/*/build/$(SAMPLE)-*.pdf; do \
		cmp $(SAMPLE_WORKSPACE)/build/$(SAMPLE)-budget.pdf $$made || exit 1; done

sample: $(VENV)/.installed
	$(BIN)/discgen check --strict
	mkdir -p $(SAMPLE_WORKSPACE)
	cp -R departments $(SAMPLE_WORKSPACE)
	$(BIN)/discgen build --workspace $(SAMPLE_WORKSPACE) $(SAMPLE)

# How fast it is beside Chromium, Typst and WeasyPrint alone; for a machine that does nothing else.
bench: $(VENV)/.installed browser
	$(BIN)/python -m benchmarks

# The whole suite on each Python of this machine that pyproject.toml names.
test-pythons: | system
	$(PYTHON) -m tools.on_pythons pytest

# What builds this project, as pyproject.toml names it.
BACKEND = $(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'])"

# The suite on the oldest releases that pyproject.toml allows.
test-oldest: $(UV) node-packages browser office
	$(UV) venv --quiet --clear --python $(VENV)/bin/python $(OLDEST)
	$(UV) pip install --quiet --no-build --python $(OLDEST)/bin/python --resolution lowest-direct \
		--requirement pyproject.toml --extra test $$($(BACKEND))
	$(UV) pip install --quiet --python $(OLDEST)/bin/python --no-deps --no-build-isolation --editable .
	$(OLDEST)/bin/pytest $(ON_BOTH_CORES)

# Renews requirements/ from pyproject.toml, and tries the newest and the oldest releases it allows.
lock: requirements
	$(MAKE) test
	$(MAKE) test-oldest

requirements: $(UV)
	$(BIN)/python -m tools.lock $(UV)

# The program that resolves; nothing that is built or tested uses it.
$(UV): | $(VENV)/bin/python
	$(BIN)/python -m venv build/uv
	build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

# System libraries and fonts are looked for each time: they may have been removed since.
system:
	@sh tools/install-system.sh
	@sh tools/install-fangsong.sh

# What tests/editor, tests/preview, tests/check and tests/readers take from npm; they are skipped where it cannot be had.
node-packages: | system
	@sh tools/install-node-packages.sh

# The browser of tests/preview, some of which are skipped where it cannot be had.
browser: | system
	@sh tools/install-chromium.sh

# The office program of tests/export and tests/compare, some of which are skipped where it cannot be had.
office: | system
	@sh tools/install-office.sh

$(VENV)/bin/python: | system
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/build.txt pyproject.toml $(VENV)/bin/python | system
	$(LOCKED) requirements/build.txt
	$(THIS)
	touch $@

$(VENV)/.installed-test: requirements/test.txt pyproject.toml $(VENV)/bin/python | system
	$(LOCKED) requirements/test.txt
	$(THIS)
	touch $@ $(VENV)/.installed

clean:
	rm -rf build $(VENV) .venvs
