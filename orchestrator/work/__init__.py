"""How each stage is keyed and run: one file per stage, all through the one memo."""
