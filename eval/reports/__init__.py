"""A run as tables (tables.py), printed for the terminal, as Markdown, HTML and JSON."""
