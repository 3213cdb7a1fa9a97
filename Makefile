# make run: set up and open the app.  make test: set up and pass all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint setup browser clean

run: setup
	$(BIN)/streamlit run app.py

test: setup browser
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# The browser tests need a Chromium: one that is there, or playwright's own, or the system's package.
browser: setup
	@$(BIN)/python -m tests.browser.chromium

clean:
	rm -rf $(VENV) static/atlas-* static/own-*
