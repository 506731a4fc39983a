"""A question, with the earlier ones, becomes a typed query. No model; every decision is a rule that can be shown."""
