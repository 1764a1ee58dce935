"""The rules of the gate, by subject."""

from canon.rules.rule import Rule
from canon.rules.table import RULES

__all__ = ["RULES", "Rule"]
