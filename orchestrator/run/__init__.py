"""One run of an episode: what is asked, the chain of stages, and what is left of it."""
