"""Storyboard pictures, drawn when the show has none of its own."""

# Raised whenever a drawn picture changes: it is part of the key of every shot.
PLATES_VERSION = 10
