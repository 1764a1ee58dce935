"""Storyboard pictures, drawn when the show has none of its own."""
