# Every target does its own set-up: a .venv beside the code, made anew whenever the requirements change.
# PYTHON=/path/to/python3.12 chooses another interpreter, PORT=9000 another port for the demo.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: help demo test check eval bench bench-chat constraints clean

help:
	@echo "make demo         build a library from the sample plans and serve the chat on port $(PORT)"
	@echo "make test         lint, format, strict types, tests"
	@echo "make check        the same without the tests"
	@echo "make eval         answer accuracy over the labelled questions"
	@echo "make bench        how long reading and asking take on this machine"
	@echo "make bench-chat   twenty people at the chat for five minutes"
	@echo "make constraints  write constraints.txt anew from what is installed"

$(INSTALLED): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" .ci/venv

demo: $(INSTALLED)
	@PORT=$(PORT) $(BIN)/planspoken demo

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check
	$(BIN)/pytest

eval: $(INSTALLED)
	@$(BIN)/planspoken eval

bench: $(INSTALLED)
	@.ci/bench

bench-chat: $(INSTALLED)
	@$(BIN)/python .ci/load.py

constraints: $(INSTALLED)
	@$(BIN)/pip install --quiet -e ".[llm,dev]"
	@(head -n 1 constraints.txt; $(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//') > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache demo-library
