"""Who speaks a show's lines: the cast, recordings, voices on this machine and services."""
