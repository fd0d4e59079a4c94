# The two commands: `make app` and `make test`. Both install what they need first, once.
PYTHON ?= python3
PORT ?= 8501
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --no-compile --disable-pip-version-check
# Bytecode at install makes the first page come up about three times as fast.
COMPILE := $(PY) -m compileall -q -j 0

.DEFAULT_GOAL := help
.PHONY: help app test setup bench

help:
	@echo "make app          set up once, then open the app at http://localhost:$(PORT)  (PORT=8600: another port)"
	@echo "make test         set up once, then lint, types and every test"
	@echo "make setup        only install"
	@echo "make bench        speed and memory, as tables (some minutes)"

app: setup
	$(PY) -m streamlit run app.py --server.port $(PORT)

test: .venv/test-ready
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -n auto --dist worksteal

setup: .venv/app-ready
	@$(COMPILE) cs_kpi pages app.py

bench: .venv/test-ready
	@for script in bench/*.py; do echo "== $$script"; PYTHONPATH=. $(PY) $$script || exit 1; done

.venv/app-ready: requirements.txt $(PY)
	@echo "Installing what the app needs (about 700 MB, a minute or two) ..."
	$(PIP) -r requirements.txt
	-@$(COMPILE) .venv/lib
	@touch $@

.venv/test-ready: requirements-dev.txt .venv/app-ready
	@echo "Installing what the tests need ..."
	$(PIP) -r requirements-dev.txt
	-@$(COMPILE) .venv/lib
	@touch $@

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "There is no '$(PYTHON)'. Install Python 3.11 or newer, or name yours: make PYTHON=python3.12 ..."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, '$(PYTHON)' is $$("$(PYTHON)" --version 2>&1). Install a newer one,"; \
		echo "or name yours: make PYTHON=python3.12 ..."; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv
