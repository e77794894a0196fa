"""`python -m syngraph.cli` is the command `syngraph`."""

from syngraph.cli.main import main

main()
