# `make demo` and `make test` need Python >= 3.11 and make, nothing else: no root, no Node, no system packages.
# PYTHON=… names another interpreter, PORT=… another port, TESTS=… the tests to run (paths or pytest options),
# DISTRICT=1 gives the demo a second community.

PORT = 8000
TESTS =
COVERAGE =
DAYS =
DISTRICT =
UV = uv

BIN = .venv/bin
RUN_READY = .venv/run-ready
TEST_READY = .venv/test-ready
PO = locale/zh_Hans/LC_MESSAGES/django.po
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
# Whatever database the shell names, the demo and the tests stay on SQLite and out of it.
ROBOTS = {"jinyuan": "console://"}
DEMO = DEBUG=on HTTPS=off GROUP_ROBOTS='$(ROBOTS)' DATABASE_URL=sqlite:///circle.sqlite3 $(BIN)/python manage.py
PYTEST = $(BIN)/$(if $(COVERAGE),python -m slipcover --out .coverage.$(COVERAGE).json,python) -m pytest -n 2 -rs

.PHONY: help demo demo-data test test-postgres coverage test-dates matrix check messages-check lock messages format bench bench-scale bench-walking screenshots clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## */\1|/p' Makefile | while IFS='|' read -r name what; do printf 'make %-15s %s\n' "$$name" "$$what"; done

demo: demo-data  ## build .venv, load the demo community, serve it on 127.0.0.1:8000
	@$(DEMO) show_demo 127.0.0.1:$(PORT)
	@env $(DEMO) send_messages --watch & sender=$$!; trap 'kill $$sender 2>/dev/null' EXIT; \
	  env $(DEMO) runserver 127.0.0.1:$(PORT)

demo-data: $(RUN_READY)  ## the same without serving; harmless when repeated
	@$(DEMO) migrate --verbosity 0
	@$(DEMO) createcachetable
	@$(DEMO) compile_translations
	@$(DEMO) load_demo $(if $(DISTRICT),--district)
	@$(DEMO) check_invariants

test: $(TEST_READY)  ## the whole suite on SQLite; COVERAGE=sqlite also measures, for `make coverage`
	@DATABASE_URL=sqlite:///circle.sqlite3 $(PYTEST) $(TESTS)

test-postgres: $(TEST_READY)  ## all but the browser tests on DATABASE_URL, or on a private throw-away cluster
	@case "$$DATABASE_URL" in \
	  postgres*) $(PYTEST) -m "not browser and not matrix" $(TESTS) ;; \
	  *) .ci/with-postgres $(PYTEST) -m "not browser and not matrix" $(TESTS) ;; \
	esac

coverage: $(TEST_READY)  ## what the runs with COVERAGE=… have measured together; fails below its bound
	@$(BIN)/python -m slipcover --merge .coverage.*.json --out .coverage.json --fail-under 95

test-dates: $(TEST_READY)  ## demo and suite on the days of a year (needs libfaketime): hours; DAYS=short as CI does
	.ci/dates.py $(DAYS)

matrix: $(TEST_READY)  ## every page in every look, width and role; before a release
	@MATRIX=1 DATABASE_URL=sqlite:///circle.sqlite3 $(PYTEST) -m "matrix or browser" $(TESTS)

check: $(TEST_READY)  ## linters, types, import contracts, settings, migrations, translations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djangofmt --check templates
	$(BIN)/djangofmt check templates
	$(BIN)/lint-imports --no-logo
	DEBUG=on $(BIN)/mypy
	DEBUG=on $(BIN)/python manage.py check --fail-level WARNING
	@echo "manage.py check --deploy, with the values of deploy/circle.env"
	@env $$(grep -v '^#' deploy/circle.env) \
	  $$(DEBUG=on $(BIN)/python manage.py make_keys) SMS_URL=https://sms.example.org \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	DEBUG=on $(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=on $(BIN)/python manage.py compile_translations --check
	@$(MAKE) messages-check

# The catalogue as makemessages would write it today must be the one in the tree; where gettext is missing, CI looks.
messages-check: $(TEST_READY)
	@if ! command -v xgettext >/dev/null; then echo "makemessages: no gettext here, left to CI"; exit 0; fi; \
	before=$$(mktemp) && cp $(PO) "$$before" && $(MAKE) messages \
	  && diff -u -I '^"POT-Creation-Date' "$$before" $(PO); status=$$?; \
	cp "$$before" $(PO); rm -f "$$before"; \
	[ $$status -eq 0 ] || echo "locale/ lacks what the code says: run make messages, then translate" >&2; exit $$status

messages: $(TEST_READY)  ## take new texts into locale/ (needs gettext); then translate them there
	@DEBUG=on $(BIN)/python manage.py makemessages --all --no-location --no-wrap --no-obsolete --ignore tests --ignore bench

format: $(TEST_READY)  ## put Python and templates in the house's shape
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	$(BIN)/djangofmt check --fix templates
	$(BIN)/djangofmt templates

bench: $(TEST_READY)  ## pages, bookings against pgbench, kill -9 under load: a quarter of an hour
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/served.py
	FSYNC=on .ci/with-postgres $(BIN)/python bench/booking.py
	.ci/with-postgres $(BIN)/python bench/crash.py
	env -u DATABASE_URL $(BIN)/python bench/booking.py
	env -u DATABASE_URL $(BIN)/python bench/crash.py

bench-scale: $(TEST_READY)  ## a million bookings moved, backed up, restored and looked at: an hour, 6 GB in /tmp
	FSYNC=on .ci/with-postgres $(BIN)/python bench/scale.py

bench-walking: .venv-bench/ready  ## the walking engine against networkx, igraph, pandana, osmnx and C (needs gcc): ten minutes
	.ci/with-postgres .venv-bench/bin/python bench/walking.py

screenshots: $(TEST_READY)  ## the pictures of the README (needs a Chromium)
	$(BIN)/python -m tests.browser.screenshots docs/img

lock:  ## all locks from pyproject.toml (needs uv); delete the locks first to take newer versions
	$(LOCK) pyproject.toml --output-file requirements.lock
	$(LOCK) pyproject.toml --extra test --output-file requirements-test.lock
	$(LOCK) pyproject.toml --extra bench --output-file requirements-bench.lock

clean:  ## remove what was built; the demo's database stays
	rm -rf .venv .venv-bench .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache test-*.sqlite3* test.sqlite3*
	find . -name __pycache__ -prune -exec rm -rf {} +

# Looks for an interpreter only when there is no .venv yet.
$(BIN)/python:
	@for python in $${PYTHON:-python3.13 python3.12 python3.11 python3}; do \
	  "$$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || continue; \
	  echo "building .venv with $$("$$python" --version)"; exec "$$python" -m venv .venv; \
	done; echo "Python 3.11 or newer was not found; name one: make demo PYTHON=/path/to/python3" >&2; exit 1

# The test environment holds all of the run environment: once it stands, a new run lock is installed through it.
$(RUN_READY): $(BIN)/python requirements.lock
	@if [ -e $(TEST_READY) ]; then rm $(TEST_READY); $(MAKE) $(TEST_READY); else $(PIP_INSTALL) -r requirements.lock; fi
	@touch $(RUN_READY)

$(TEST_READY): $(BIN)/python requirements-test.lock
	@$(PIP_INSTALL) -r requirements-test.lock
	@touch $(RUN_READY) $(TEST_READY)

.venv-bench/ready: $(BIN)/python requirements-bench.lock
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch .venv-bench/ready
