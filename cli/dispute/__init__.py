"""Disputes on the command line: what has come of each, and the papers by which the parties and the arbitrators go on."""
