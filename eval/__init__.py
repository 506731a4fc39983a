"""Labelled questions in, scores out. Imports app, index and ingest."""
