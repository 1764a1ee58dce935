"""Captions: cut into cues, timed to the film, checked, written to files and burned in."""
