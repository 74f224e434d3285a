# Everything stands in .venv; the two commands that a new user needs are `make run` and `make test`.
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/.ready
unexport PYTHONDONTWRITEBYTECODE  # the tests start Python many times: what is compiled is kept

.PHONY: setup run test check unpinned model corpus bench fuzz chaos week serve clean

setup: $(READY)
	@sh tests/browser/get.sh

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

run: $(READY)
	$(BIN)/lessons run corpora/samples --config lessons.toml --out out

test: check
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

# installs without the constraints, in an environment of its own, and runs the flow on the samples
unpinned:
	sh tests/unpinned.sh "$(PYTHON)"

# rebuilds the model that ships, from corpora/posts and the pretrained words; about twenty minutes on two cores
model: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	$(BIN)/lessons train

# looks the corpus through and prints the figures of its data card
corpus: $(READY)
	$(BIN)/lessons corpus

bench: $(READY)
	$(BIN)/python -m tests.bench

# takes the pictures of the guides anew, in Chromium; those of Word and Excel need LibreOffice and poppler-utils
.PHONY: pictures
pictures: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt pillow
	$(BIN)/python -m tests.pictures

# a hundred thousand damaged files of every format through their readers; some five to fifteen minutes
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz

# kills nights, their mail and learning at random moments and looks whether the next run leaves what an undisturbed one leaves; most of an hour
chaos: $(READY)
	$(BIN)/python -m tests.chaos

# a week by a moved clock: seven nights, a crash, a feed and a mail server that are out, a late start; what each reader received
week: $(READY)
	$(BIN)/python -m tests.week

serve: $(READY)
	$(BIN)/lessons serve corpora/samples --config lessons.toml --out out

clean:
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
