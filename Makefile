# Every task by one name. `make run` and `make test` need nothing but Python 3.11.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
SYNC = $(UV) sync --frozen --no-progress --compile-bytecode
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 2
export UV_PYTHON_DOWNLOADS := never

##@ Use
.PHONY: run
run: env ## Everything from nothing: database with demo accounts, trained model, all servers; prints the address
	$(PYTHON) -m bot serve

.PHONY: train
train: env ## Train the model again if words, pipeline or dialogue have changed
	$(PYTHON) -m bot train

##@ Check
.PHONY: test
test: env browser ## Everything a test needs, then all tests
	$(PYTHON) -m bot train
	$(MAKE) --no-print-directory -j2 lint rasa-test
	@echo "Whole installations and parts are tested side by side, about ten minutes; each tells when it is done."
	$(MAKE) --no-print-directory -j2 -Otarget test-whole test-parts

.PHONY: test-whole
test-whole: env browser ## The tests of a whole installation, with its time limits
	$(PYTHON) -m pytest tests/e2e
	$(PYTHON) -m pytest -m timed tests/unit tests/integration

.PHONY: test-parts
test-parts: env browser ## All other tests; they give way to those of a whole installation, which go on beside them
	nice -n 19 $(PYTHON) -m pytest -n 3 -m "not slow and not timed" tests --ignore tests/browser --ignore tests/e2e
	$(PYTHON) -m pytest -n 3 tests/browser

.PHONY: lint
lint: env ## Format, style, import rings, types of the core, content files
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	.venv/bin/lint-imports
	$(PYTHON) -m mypy
	$(PYTHON) -m bot content check

.PHONY: rasa-test
rasa-test: env ## Rasa's own checks: data validation, then the test conversations
	.venv/bin/rasa data validate --fail-on-warnings
	$(PYTHON) -m tests.conversations

.PHONY: bench
bench: env ## Slow measurements: the live turn beside stock Rasa, a publication under twenty calls, more kills
	$(PYTHON) -m bot train
	$(PYTHON) -m bot bench live
	$(PYTHON) -m bot bench publish
	$(PYTHON) -m pytest -m slow tests

.PHONY: eval
eval: env ## How well turns are heard, beside stock Rasa: text and an HTML page in var/reports/hearing (slow)
	$(PYTHON) -m bot train
	$(PYTHON) -m bot bench hearing

.PHONY: docs
docs: env ## Write the generated parts of the documentation anew
	$(PYTHON) -m tools.make_docs
	$(PYTHON) -m tools.scoring_tables

##@ Environment
.PHONY: env
env: .venv/.locked ## The locked Python environment in .venv

.venv/.locked: pyproject.toml uv.lock $(if $(findstring .uv,$(UV)),.uv/bin/uv)
	$(SYNC) || UV_NATIVE_TLS=1 UV_SYSTEM_CERTS=1 $(SYNC)  # behind a proxy with its own certificate
	@touch $@

.uv/bin/uv:
	@python3.11 tools/get_uv.py 2>/dev/null || python3 tools/get_uv.py

.PHONY: browser
browser: ## Chromium for the browser tests, from Debian, if it is missing and may be installed
	@sh tools/get_chromium.sh

.PHONY: format
format: env ## Put the code into the house format
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

.PHONY: clean
clean: ## Take away what was built; the database under var/ stays
	rm -rf .venv .uv models .rasa results .pytest_cache .ruff_cache .mypy_cache .hypothesis var/models var/cache

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
