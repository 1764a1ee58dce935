"""Money: what is put aside, paid and given back for shots, pictures and speech from outside."""
