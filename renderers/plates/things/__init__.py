"""Drawn things: on the ground, in a hand, or seen by themselves."""
