"""What a script says of people: who is there, how they look, hold themselves and are heard."""
