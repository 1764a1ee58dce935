"""`pipeline verify` and `pipeline diff`: whether films are the same, and where they differ."""
