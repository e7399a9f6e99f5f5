# Newsdesk. `make` lists what can be made.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help run serve setup setup-dev check fix test test-fast test-services test-annotate lock mutate screenshots bench-read bench-story bench-mark bench-serve bench-crowd bench-write bench-search bench-scale bench-anchoring bench-attribution bench-suggest-seeds bench-drawn clean port

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# ---- Run ----

run: setup port ## Start the desk with the demo reports on http://127.0.0.1:8000 (PORT=8123 for another port)
	@DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	@DEBUG=1 $(BIN)/python manage.py import_articles
	@DEBUG=1 $(BIN)/python manage.py create_demo_users
	@echo "Newsdesk: http://127.0.0.1:$(PORT)/  (Ctrl-C ends it)"
	@DEBUG=1 $(BIN)/python manage.py runserver --verbosity 0 127.0.0.1:$(PORT)

serve: setup port ## The production server, with DEBUG off, on this machine only
	@umask 077; mkdir -p .data; test -s .data/secret-key || $(BIN)/python -c \
	  'import secrets; print(secrets.token_urlsafe(50))' > .data/secret-key
	@SECRET_KEY=$$(cat .data/secret-key) sh -c ' \
	  $(BIN)/python manage.py migrate --verbosity 0 && \
	  $(BIN)/python manage.py import_articles && \
	  $(BIN)/python manage.py collectstatic --no-input --verbosity 0 && \
	  echo "Newsdesk: http://127.0.0.1:$(PORT)/  (Ctrl-C ends it)" && \
	  exec $(BIN)/gunicorn --config newsdesk/gunicorn.py newsdesk.wsgi'

port:
	@$(BIN)/python -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
	  s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
	  || { echo "Port $(PORT) is taken. Choose another: make $(MAKECMDGOALS) PORT=$$(($(PORT) + 1))"; exit 1; }

# ---- Set up ----

setup: .venv/run.stamp
setup-dev: .venv/dev.stamp ## Install what developing needs as well

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python has no venv. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .locks/run.txt | .venv/bin/python
	@echo "Installing packages …"
	@$(call install,.locks/run.txt)
	@touch $@

.venv/dev.stamp: .locks/dev.txt .venv/run.stamp
	@echo "Installing packages for development …"
	@$(call install,.locks/dev.txt)
	@touch $@

# The locks name every package, so pip resolves nothing: its old versions stumble over extras once a newer release is out.
define install
$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(1) > .venv/install.log 2>&1 \
  || { echo "The packages could not be installed. Is there a network? Details: .venv/install.log"; exit 1; }
endef

# ---- Develop ----

check: setup-dev ## Lint, format, types, templates, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy articles newsdesk
	@$(BIN)/djlint templates --check --quiet
	@$(BIN)/djlint templates --lint --quiet
	@DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=check-only-$$(head -c 40 /dev/urandom | base64 -w0) BEHIND_HTTPS_PROXY=1 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

fix: setup-dev ## Mend what can be mended by machine
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djlint templates --reformat --quiet || true

# What measures coverage doubles the time, and long tests and those in a browser add nothing to it.
test: check ## Every check and every test, with coverage
	@$(PYTEST) -m "not browser and not long" --cov --cov-report term:skip-covered --cov-fail-under 95
	@$(PYTEST) -m "browser or long"

# The long tests of one worker go on in the other once that has nothing to do.
PYTEST = $(BIN)/pytest --numprocesses auto --dist worksteal

test-fast: setup-dev ## The tests without a browser
	@$(PYTEST) -m "not browser"

# 77: there is none here. Where one is required that is a failure.
test-services: setup-dev ## The tests that use the database, on a PostgreSQL and a Redis of their own
	@.ci/with-postgresql .ci/with-redis $(PYTEST) --database || { code=$$?; \
	  [ $$code = 77 ] && [ -z "$$NEWSDESK_REQUIRE_SERVICES" ] && echo "Skipped: the tests on PostgreSQL and Redis." \
	  || exit $$code; }

test-faults: setup-dev ## Faults against the real server, SQLite and PostgreSQL: kill -9, full disks, connections cut (ONLY=postgresql; takes minutes)
	@NEWSDESK_FAULTS_ALL=1 $(PYTEST) --no-cov tests/faults $(if $(ONLY),-k $(ONLY))

test-annotate: setup-dev ## Mark every claim of both demo reports in a browser: by keyboard, by mouse, by touch (takes minutes)
	@NEWSDESK_ANNOTATE_ALL=1 $(BIN)/pytest tests/browser/test_annotating.py

mutate: setup-dev ## Mutation testing of articles/text (takes minutes)
	@rm -rf mutants
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results
	@$(BIN)/mutmut export-cicd-stats > /dev/null
	@$(BIN)/python -c 'import json; count = json.load(open("mutants/mutmut-cicd-stats.json")); \
	  killed, total = count["killed"] + count["timeout"], count["total"]; \
	  print(f"{killed} of {total} mutants killed: {killed / total:.1%}")'

bench-read: setup-dev ## How fast and how large the reading page is
	@$(BIN)/python -m benchmarks.read

bench-story: setup-dev ## How fast and how large the page of a large story is, and what changed
	@$(BIN)/python -m benchmarks.story

bench-mark: setup-dev ## How long the desk takes to save a claim
	@$(BIN)/python -m benchmarks.mark

bench-drawn: setup-dev ## How long a claim takes in the browser: until the form is shown, until the mark is drawn
	@$(BIN)/python -m benchmarks.drawn

bench-serve: setup-dev ## What one core serves: pages cold, warm and 304, beside an empty view and a static file
	@$(BIN)/python -m benchmarks.serve

bench-crowd: setup-dev ## 200 readers and 20 editors for a minute: no 5xx, nothing lost
	@$(BIN)/python -m benchmarks.crowd

bench-write: setup-dev ## 1,000 writes by 20 editors at once: none lost, none doubled
	@$(BIN)/python -m benchmarks.write

bench-search: setup-dev ## How fast words are found (SIZES=10000,1000000 claims)
	@$(BIN)/python -m benchmarks.search

bench-scale: setup-dev ## A desk of a million claims (SIZES=10000,1000000; takes a quarter of an hour, and 4 GB)
	@$(BIN)/python -m benchmarks.scale

bench-anchoring: setup-dev ## How well highlights are found again in later versions (TEXTS=FOLDER for more texts), and how fast
	@$(BIN)/python -m benchmarks.anchoring $(TEXTS)
	@$(BIN)/python -m benchmarks.carry

bench-suggest-seeds: setup-dev ## Every suggestion for the seeds against their claims
	@$(BIN)/python -m benchmarks.suggest_seeds

bench-attribution: setup-dev ## How well claims are found in TEXTS=FOLDER, texts with brat standoff
	@$(BIN)/python -m benchmarks.attribution $(TEXTS)

screenshots: setup-dev ## The pictures in docs/
	@$(BIN)/python -m docs.screenshots

lock: setup-dev ## Choose the newest versions of all packages, and write both locks
	@$(BIN)/pip-compile $(LOCK) -o .locks/run.txt pyproject.toml
	@$(BIN)/pip-compile $(LOCK) --extra dev -c .locks/run.txt -o .locks/dev.txt pyproject.toml

LOCK := --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
  --no-emit-index-url --no-emit-find-links

clean: ## Remove what can be made again; keeps .data
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* mutants
