"""A screenplay's text to a Script: Fountain, JSON and YAML, headings, cues, notes and advice."""
