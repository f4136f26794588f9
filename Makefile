# What a developer and an operator type. Every target says what it is; `make` alone lists them.
# Python 3.11 to 3.13 is found on the machine, packages come from PyPI by hash, nothing is installed outside .venv.

PY     := .venv/bin/python
HOST   ?= 127.0.0.1
PORT   ?= 8000
NEWSROOM_PORT ?= 8001
PAPER  ?= ./demo-paper
MINUTES ?= 10
ROOT   := $(shell [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo yes)

.PHONY: help setup run test check bench fuzz faults shots requirements messages clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready-dev  ## everything that working on Warraq needs, into .venv

run: .venv/.ready-run  ## a demonstration paper, served: HOST, PORT, NEWSROOM_PORT and PAPER may be given
	exec $(PY) -m warraq demo $(PAPER) --serve --host $(HOST) --port $(PORT) --newsroom-port $(NEWSROOM_PORT)

test: .venv/.ready-dev chromium  ## all tests
	$(PY) -m pytest -n 2

check: .venv/.ready-dev  ## format, lint, types, the rooms' imports, migrations, messages
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	WARRAQ_PAPER=tests/paper .venv/bin/mypy
	.venv/bin/lint-imports
	WARRAQ_PAPER=tests/paper $(PY) -W ignore -m warraq manage makemigrations --check --dry-run
	$(PY) tools/messages.py --check

fuzz: .venv/.ready-dev  ## editors at random for MINUTES, from SEED or a new one; prints how to see it again; SHRINK=1 shortens it
	FUZZ_MINUTES=$(MINUTES) FUZZ_SEED=$(SEED) FUZZ_SHRINK=$(SHRINK) \
	  $(PY) -m pytest -p no:xdist -s tests/press/test_incremental_equals_full.py -k as_long_as

bench: .venv/.ready-dev  ## every benchmark, one after the other; nothing is asserted
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(PY) "$$file" || exit 1; done

faults: .venv/.ready-dev  ## kills, failing disks, power cuts and floods (about three hours, as root): a table and JSON
	PYTHONPATH=src $(PY) -m tests.faults

shots: .venv/.ready-dev chromium  ## pictures of the demonstration paper, into shots/
	$(PY) tools/shots.py

requirements:  ## compile requirements/*.txt anew (needs uv)
	cd requirements && for part in run build dev; do \
	  case $$part in run) from=../pyproject.toml ;; *) from=$$part.in ;; esac; \
	  $${UV:-uv} pip compile $$from --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --quiet --output-file $$part.txt || exit 1; \
	done

messages: .venv/.ready-dev  ## take new messages out of the code, and compile the translations
	$(PY) tools/messages.py

clean:  ## remove what these targets made, except papers
	rm -rf .venv shots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@python=; for one in python3.13 python3.12 python3.11 python3; do \
	  if $$one -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    if $$one -c 'import venv, ensurepip' 2>/dev/null; then python=$$one; break; fi; without=$$one; \
	  fi; \
	done; \
	if [ -z "$$python" ] && [ -n "$$without" ] && [ "$(ROOT)" = yes ]; then \
	  apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && python=$$without; \
	fi; \
	if [ -z "$$python" ] && [ -n "$$without" ]; then \
	  echo "$$without has no venv. On Debian or Ubuntu, as root: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	if [ -z "$$python" ]; then echo "Warraq needs Python 3.11, 3.12 or 3.13; none was found." >&2; exit 1; fi; \
	echo "Making .venv with $$($$python --version)"; $$python -m venv .venv

.venv/.ready-run: .venv/bin/python requirements/run.txt requirements/build.txt pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: .venv/.ready-run requirements/dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null && exit 0; \
	if [ "$(ROOT)" = yes ]; then apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; \
	else echo "The tests look at pages in Chromium; as root: apt-get install chromium fonts-noto-core" >&2; exit 1; fi
