# Open Gap. `make` alone lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PORT ?= 8000
DEMO ?=
SITE ?= http://127.0.0.1:$(PORT)
export PYTHON

PROGRAMS := .venv/bin
UV_LOCK := $(PROGRAMS)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock"

.PHONY: help demo test battery bench lighthouse lint types imports format lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## Run everything on http://127.0.0.1:8000 (PORT=8001; DEMO="--no-serve"; DEMO="--from DIR")
	@bin/prepare requirements.lock && \
		exec $(PROGRAMS)/python manage.py demo --end-with $$PPID --port "$(PORT)" $(DEMO)

test: lint imports ## Lint, import contracts, then types and all tests on real Postgres, Valkey and worker
	@bin/browser
	@bin/test

battery: ## Try the long faults with real time-outs on real processes; prints a table (40 minutes)
	@bin/prepare requirements-dev.lock
	@export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1; missed=; for part in battery api digest coverage; do \
		$(PROGRAMS)/python -m bench.$$part || missed="$$missed $$part"; done; \
		[ -z "$$missed" ] || { echo "Missed or broken off:$$missed"; exit 1; }

bench: ## Measure the index solver against SciPy in one run: ratios on one fit, 1,000 refits and sizes (minutes)
	@bin/prepare requirements-dev.lock
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PROGRAMS)/python -m bench.index

lighthouse: ## Measure a running site (make demo) with Lighthouse in Chromium; SITE=http://127.0.0.1:8001 for another
	@bin/prepare requirements-dev.lock
	@SITE="$(SITE)" $(PROGRAMS)/python -m bench.lighthouse

lint: ## Check style and formatting
	@bin/prepare requirements-dev.lock
	@$(PROGRAMS)/ruff check .
	@$(PROGRAMS)/ruff format --check .

types: ## Check the types
	@bin/prepare requirements-dev.lock
	@$(PROGRAMS)/python -m mypy .

imports: ## Check that rooms import only downwards
	@bin/prepare requirements-dev.lock
	@$(PROGRAMS)/lint-imports

format: ## Format the code and mend what ruff can mend
	@bin/prepare requirements-dev.lock
	@$(PROGRAMS)/ruff check --fix .
	@$(PROGRAMS)/ruff format .

lock: ## Write the three hashed locks anew from pyproject.toml (UPGRADE=1 takes newer versions)
	@bin/prepare requirements-dev.lock
	@$(UV_LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.lock
	@$(UV_LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	@echo uv | $(UV_LOCK) $(if $(UPGRADE),--upgrade) - --no-annotate --output-file requirements-uv.lock

clean: ## Remove caches and collected static files; keeps .venv and your data (.opengap)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis staticfiles
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
