"""The doors to the world outside: files, programs, network, environment, clock and locks."""
