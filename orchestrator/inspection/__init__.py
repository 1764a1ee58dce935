"""Answers about what is there: artifacts and their origin, why each was made, broken rules."""
