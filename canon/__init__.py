"""Story truth: facts, rules, the gate and the diff an episode implies. Pure."""
