"""Files in, documents, records and chunks out. Imports nothing of index, app or eval."""
