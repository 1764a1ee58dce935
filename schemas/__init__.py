"""The contracts: every artifact, its identity and its units. Imports nothing of ours."""
