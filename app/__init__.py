"""Questions in, answers out. Imports index and ingest; nothing here is imported by them."""
