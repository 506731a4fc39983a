"""Language models: optional, off by default, and only ever asked for text to be checked or a query to be validated."""
