"""Records and chunks in, hits out: the library folder. Imports ingest only."""
