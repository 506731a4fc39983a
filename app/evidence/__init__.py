"""Finding what an answer stands on: records matched to a question's terms, and the sentences that carry an answer."""
