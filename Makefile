# Two commands are enough for a newcomer: `make demo` and `make test`. Both set up .venv first.
