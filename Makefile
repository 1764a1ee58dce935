# Everything a newcomer, a writer's CI and we ourselves need; `make demo` and `make test` install first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/nine-twenty
# The short forms of what `make torture` does in full; `make test` runs them among all others.
SHORT_TORTURE := tests/orchestrator/test_torture.py tests/hostile tests/golden tests/renderers/fonts/test_font_ingest.py
PACKAGES := orchestrator stages schemas canon renderers

.PHONY: install demo test test-others torture-short check lint types wheel golden torture bench film-report schemas clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: install
	$(BIN)/pipeline run $(EXAMPLE)/episodes/s01e01.fountain
	$(BIN)/pipeline run $(EXAMPLE)/episodes/s01e02.fountain

test: install
	$(BIN)/pytest -n auto --dist loadgroup

test-others: install
	$(BIN)/pytest -n auto --dist loadgroup $(addprefix --ignore=,$(SHORT_TORTURE))

torture-short: install
	$(BIN)/pytest -n auto --dist loadgroup $(SHORT_TORTURE)

check: lint types test-others torture-short wheel

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

wheel: install
	rm -rf build dist
	$(BIN)/python -m build --no-isolation --wheel --outdir dist . > /dev/null
	$(BIN)/python tests/wheel_works.py dist

golden: install
	$(BIN)/python -m golden.update

torture: install
	$(BIN)/python -m tests.torture.run
	$(BIN)/python -m tests.torture.provider_kills
	$(BIN)/python -m tests.hostile.run
	$(BIN)/python -m tests.golden.removed_rules

bench: install
	$(BIN)/python -m bench.run --write

film-report: install
	$(BIN)/python -m tests.film_table --write

schemas: install
	$(BIN)/python -m schemas.export

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis examples/*/builds examples/*/.pipeline examples/*/canon/HEAD examples/*/canon/.lock examples/*/canon/diffs examples/*/canon/snapshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
