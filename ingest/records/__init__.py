"""From tables and prose to measures, actions and commitments."""
