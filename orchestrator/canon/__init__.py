"""The canon on disk: its store, diffs that wait, merges, repairs and exchange."""
