"""Measures how fast the pipeline is against the bare encode of the same frames."""
