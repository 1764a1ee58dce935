"""Better shots and pictures of people's own: takes, what they cost, where they are shown."""
