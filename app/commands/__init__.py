"""What each command does: plain functions that print; the command line in app/cli.py calls them."""
