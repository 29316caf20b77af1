# The two commands of the README, and the pieces they are made of.

PYTHON = .venv/bin/python

.PHONY: run test install ready lint style types templates spelling safety unit browser html bench shots

# Everything that is needed, with invented people, on http://127.0.0.1:$PORT.
run: install
	@PORTAL_DEMO=1 exec $(PYTHON) -m portal demo

# Every check there is, to the end even if one fails. Nothing is skipped: what is missing is installed
# or named.
test: ready
	@rm -rf .cache/pages
	@$(MAKE) --no-print-directory --keep-going lint unit browser html

# What is needed to serve: packages by hash, and words compiled.
install:
	@.ci/environment requirements.lock
	@$(PYTHON) -m portal translations compile

ready:
	@.ci/tools
	@.ci/environment requirements-dev.lock
	@$(PYTHON) -m portal translations compile

lint: style types templates spelling safety

style:
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m ruff check

types:
	$(PYTHON) -m mypy

templates:
	$(PYTHON) -m djlint --quiet --lint templates

spelling:
	$(PYTHON) -m codespell_lib

safety:
	$(PYTHON) -m bandit --quiet --recursive --configfile pyproject.toml portal

unit:
	$(PYTHON) -m pytest -n 2 --dist worksteal -m "not browser"

# One process: two browsers at once are slower on two cores.
browser:
	$(PYTHON) -m pytest -m browser

# Every different page that the tests above met.
html:
	$(PYTHON) -m tests.support.nu

bench: ready
	@$(PYTHON) -m tests.bench

shots: ready
	@$(PYTHON) -m tests.shots


