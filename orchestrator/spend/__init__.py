"""Money: what was reserved, paid and given back for clips of external providers."""
