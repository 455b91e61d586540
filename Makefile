# The only list of commands. `make` alone says what there is.

PYTHON ?= python3
VENV   ?= .venv
DATA   ?= data
HOST   ?= 127.0.0.1
PORT   ?= 8080
TESTS  ?= tests

BIN     := $(VENV)/bin
PIP     := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet --constraint constraints.txt
SCREENS := $(shell find server/screens kiosk/screen display/screen counter_client/screen \
             -type f -not -path '*/dist/*' -not -path '*/__pycache__/*') package-lock.json
FRAME   := setup.cfg pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run build test check format dist slips clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

run: $(VENV)/ready ## serve the demo centre on http://127.0.0.1:8080 (HOST=, PORT=, DATA=)
	@$(BIN)/denluot demo --if-empty --data $(DATA)
	@exec $(BIN)/denluot serve --data $(DATA) --host $(HOST) --port $(PORT)

build: $(VENV)/ready ## install what is needed and build the screens

test: $(VENV)/tools ## run all tests (TESTS=tests/domain for some)
	@sh tests/install_tools.sh $(BIN)/python
	$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/tools ## look for mistakes without running anything
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/tools ## put the Python code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

dist: $(VENV)/tools ## make the wheel, with the screens inside, for a real centre
	$(BIN)/python -m build --wheel
	@cp constraints.txt dist/

slips: $(VENV)/ready ## draw the slips that docs/pictures shows
	$(BIN)/python -m printers.preview docs/pictures/slip-80.png
	$(BIN)/python -m printers.preview docs/pictures/slip-58.png --paper 58

clean: ## remove what was installed and built; data stays
	rm -rf $(VENV) node_modules server/screens/dist build dist *.egg-info

# The build backend makes the screens, with its own Node where the machine has none.
$(VENV)/ready: $(FRAME) $(SCREENS)
	@echo "Installing and building the screens; the first time takes a minute."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@touch $@

$(VENV)/tools: $(FRAME) $(SCREENS)
	@echo "Installing and building the screens; the first time takes a minute."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/ready
