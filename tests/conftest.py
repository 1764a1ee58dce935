"""What holds for every test."""

from hypothesis import settings

# Tests are about what comes out, never about how long it takes on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
