# make run    everything, then the portal on http://localhost:$PORT (8000)
# make test   everything, then the whole suite on SQLite and PostgreSQL
# make lint   make bench   make lock
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: run test lint bench lock install install-dev assets

PY := .venv/bin/python
STYLES := $(shell find assets -type f) package.json package-lock.json
# Each stamp lies in the folder that it vouches for, and goes when that goes.
VENV := .venv/.installed
VENV_DEV := .venv/.installed-dev
ASSETS := static/build/.built

run: install assets
	@exec $(PY) -m scripts.run

test: install-dev assets
	@exec $(PY) -m scripts.test

lint: install-dev assets
	@exec $(PY) -m scripts.lint

bench: install-dev assets
	@exec $(PY) -m scripts.bench

lock:
	@sh scripts/lock.sh

install: $(VENV)
install-dev: $(VENV_DEV)
assets: $(ASSETS)

$(VENV): requirements.txt
	@sh scripts/install.sh requirements.txt
	@touch $@

$(VENV_DEV): requirements-dev.txt
	@sh scripts/install.sh requirements-dev.txt
	@touch $(VENV) $@

$(ASSETS): $(STYLES)
	@sh scripts/assets.sh
	@touch $@
