"""The room that knows all others: registry, memo, engine, settings and the command line."""
