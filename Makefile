# Each target sets up what it needs the first time; see CONTRIBUTING.md.

PYTHON ?= python3
python := .venv/bin/python
# Two more than there are cores: many tests wait for another program, or for the disk.
workers := $(shell expr $$(nproc 2>/dev/null || sysctl -n hw.ncpu) + 2)
on_screen := desktop
installed := machine
packed := frozen
shipped := installed

.DEFAULT_GOAL := run
.PHONY: run test test-machine test-frozen test-installed check bench frozen package pictures words lock clean always

run: .venv/ready-run
	$(python) -m coachdesk

test: .venv/ready-test
	$(python) -m pytest -q -n $(workers) --maxprocesses 9 --dist worksteal -m "not $(installed) and not $(packed) and not $(shipped)"

# Those that need browsers and desktop services, which are installed first.
test-machine: .venv/ready-machine
	$(python) -m pytest -q -m "$(installed)"

# Those that try the frozen program, which is made first where it is not of this commit, or anything is changed.
test-frozen: dist/coachdesk/coachdesk dist/under-test/coachdesk/coachdesk-under-test
	$(python) -m pytest -q -m "$(packed)"
	COACHDESK_PROGRAM=dist/under-test/coachdesk $(python) -m pytest -q -m "$(on_screen)" tests/desktop

# Those that make what is shipped and install it in a clean Debian and on Wine; only root can, or who may use sudo.
test-installed: .venv/ready-installed dist/coachdesk/coachdesk
	$(python) -m pytest -q -o faulthandler_timeout=1800 -m "$(shipped)"

check: .venv/ready-test
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	.venv/bin/lint-imports
	$(python) -m tests.translations check

bench: .venv/ready-test
	$(python) -m tests.bench

frozen: .venv/ready-package
	$(python) -m installer freeze

# The Debian package, of the program frozen anew.
package: .venv/ready-package frozen
	$(python) -m installer deb

dist/coachdesk/coachdesk: always | .venv/ready-package
	$(python) -m installer.origin dist/coachdesk || $(python) -m installer freeze

# The same with one more executable, for tests and measurements with COACHDESK_PROGRAM=dist/under-test/coachdesk.
dist/under-test/coachdesk/coachdesk-under-test: always | .venv/ready-package
	$(python) -m installer.origin dist/under-test/coachdesk || $(python) -m installer under_test

pictures: .venv/ready-test
	$(python) -m tests.pictures

# Collect the texts of the program, bring every language up to date, compile.
words: .venv/ready-test
	$(python) -m tests.translations write

# Make the lock files again after a change of the dependencies in pyproject.toml.
lock: .venv/ready-test
	$(python) -m uv pip compile $(lock_options) pyproject.toml -o requirements.lock
	$(python) -m uv pip compile $(lock_options) --group dev pyproject.toml -o requirements-dev.lock

lock_options := --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links --upgrade

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

.venv/ready-run: setup.sh requirements.lock
	PYTHON="$(PYTHON)" sh setup.sh run

.venv/ready-test: setup.sh requirements-dev.lock
	PYTHON="$(PYTHON)" sh setup.sh test

.venv/ready-package: setup.sh requirements-dev.lock
	PYTHON="$(PYTHON)" sh setup.sh package

.venv/ready-installed: setup.sh requirements-dev.lock
	PYTHON="$(PYTHON)" sh setup.sh installed

.venv/ready-machine: setup.sh requirements-dev.lock
	PYTHON="$(PYTHON)" sh setup.sh machine
