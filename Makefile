# The two commands of the README, and the pieces they are made of.

# Not PYTHON: whoever sets that says which Python makes the environment.
IN_VENV = .venv/bin/python

# What serving needs; the tests need more.
LOCK = requirements.lock
test ready bench shots: LOCK = requirements-dev.lock

.PHONY: run test install environment tools ready lint style types templates spelling safety unit browser html bench shots

# Everything that is needed, with invented people, on http://127.0.0.1:$PORT.
run: install
	@PORTAL_DEMO=1 exec $(IN_VENV) -m portal demo

# Every check there is, to the end even if one fails. Nothing is skipped: what is missing is installed
# or named.
test: ready
	@rm -rf .cache/pages
	@$(MAKE) --no-print-directory --keep-going lint unit browser html

# Packages by hash, and words compiled when they have changed.
install: .venv/words

environment:
	@.ci/environment $(LOCK)

.venv/words: $(wildcard translations/*/LC_MESSAGES/*.po) | environment
	@$(IN_VENV) -m portal translations compile
	@touch $@

# What the tests need besides: a browser, checkers, PostgreSQL.
ready: tools install

tools:
	@.ci/tools

lint: style types templates spelling safety

style:
	$(IN_VENV) -m ruff format --check
	$(IN_VENV) -m ruff check

types:
	$(IN_VENV) -m mypy

templates:
	$(IN_VENV) -m djlint --quiet --lint templates

spelling:
	$(IN_VENV) -m codespell_lib

safety:
	$(IN_VENV) -m bandit --quiet --recursive --configfile pyproject.toml portal

unit:
	$(IN_VENV) -m pytest -n 2 --dist worksteal -m "not browser"

# One process: two browsers at once are slower on two cores.
browser:
	$(IN_VENV) -m pytest -m browser

# Every different page that the tests above met; with other eyes, one of each kind.
html:
	$(IN_VENV) -m tests.support.nu
	$(IN_VENV) -m tests.support.looks

bench: ready
	@$(IN_VENV) -m tests.bench

shots: ready
	@$(IN_VENV) -m tests.shots


