"""A show on disk: where its parts lie, its settings, its library and the rights in it."""
