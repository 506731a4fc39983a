"""Quantities, periods, targets and the status rule, read from words. Pure functions."""
