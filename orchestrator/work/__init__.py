"""Each piece of remembered work: how it is keyed, and what makes it; all through the one memo."""
