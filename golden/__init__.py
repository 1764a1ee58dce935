"""A small film whose every byte is pinned."""
