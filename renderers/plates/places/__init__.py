"""Drawn places: rooms, halls, streets, land, water, vehicles, and the words that mean them."""
