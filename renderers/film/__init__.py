"""The film's picture: shots and transitions encoded, joined, checked and decoded again."""
