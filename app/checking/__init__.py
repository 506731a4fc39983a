"""What binds a sentence to its sources, piece by piece: what is bound is struck out, and what is left may hold no number."""
