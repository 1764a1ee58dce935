"""A ShotList to what has to be seen and heard, and to the plan that says with which files."""
