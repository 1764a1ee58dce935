"""Drawn people: faces, hair, postures, gestures, groups, and cut-outs of the show's own."""
