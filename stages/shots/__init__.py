"""A Script and its measured speech to a ShotList: beats, coverage, grammar, pins, timing."""
