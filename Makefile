# Every command works from a fresh clone; `make setup` runs by itself where it is needed.
PYTHON ?= python3
# with kept bytecode the programs start in a third of the time, whatever the desk is set to
export PYTHONDONTWRITEBYTECODE :=
VENV := .venv
BIN := $(VENV)/bin
T ?= tests
STAMP := $(VENV)/.installed
CATALOGUES := $(wildcard eventapp/translations/de/*.po)
MO := eventapp/translations/de/LC_MESSAGES/messages.mo

.PHONY: help setup run test test-system test-shared check fmt wheel bench shots vendor lock messages

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) $(MO)  ## create .venv and install everything

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) tools/setup.py $(VENV)
	@touch $(STAMP)

$(MO): $(CATALOGUES) tools/translations.py | $(STAMP)
	$(BIN)/python tools/translations.py compile

run: setup  ## migrate, load the demo event, serve web and worker on :8000
	$(BIN)/eventapp demo

test: setup  ## all tests on SQLite and PostgreSQL and in the browser (one part: make test T=tests/programme)
	$(BIN)/python tools/programs.py chromium
	$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore tests/shared --ignore tests/system $(T)

test-system: setup  ## checks with programs from apt (calendar clients, Redis, Dovecot)
	$(BIN)/python tools/programs.py khal calcurse redis-server dovecot-imapd
	$(BIN)/python -m pytest tests/system

test-shared: setup  ## checks on public data that may not be copied into the project
	$(BIN)/python tools/programs.py libxml2-utils
	$(BIN)/python -m pytest tests/shared

fmt: setup  ## ruff format, ruff check --fix
	$(BIN)/ruff format eventapp tests tools benchmarks migrations
	$(BIN)/ruff check --fix eventapp tests tools benchmarks migrations

check: setup  ## what CI runs: format, linters, types, contracts, translations, vendored files, test, wheel
	$(BIN)/ruff format --check eventapp tests tools benchmarks migrations
	$(BIN)/ruff check eventapp tests tools benchmarks migrations
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python tools/translations.py check
	$(BIN)/python tools/vendor.py --check
	$(MAKE) test
	$(MAKE) wheel

wheel: setup  ## build, install in an empty environment, fetch a page and its stylesheet
	$(BIN)/python tools/wheel.py

bench: setup  ## measure against the budgets
	$(BIN)/python -m benchmarks

shots: setup  ## screenshots of README and docs, made from the running demo
	$(BIN)/python tools/programs.py chromium
	$(BIN)/python tools/shots.py

vendor:  ## copy front-end files from npm into static/vendor, with manifest
	$(PYTHON) tools/vendor.py

messages: setup  ## take new texts into the German catalogues (one slice: make messages S=contacts)
	$(BIN)/python tools/translations.py update $(S)

lock:  ## compile the hashed requirement locks
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q --extra dev pyproject.toml -o requirements-dev.lock
