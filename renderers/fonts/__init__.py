"""Fonts by file: a show's own ones taken in, the bundled ones found."""
