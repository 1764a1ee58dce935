"""Artifact in, artifact out: pure functions without files, clock, randomness or network."""
