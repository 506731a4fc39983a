"""From a reader's pages to a document's blocks: each pass is one function."""
