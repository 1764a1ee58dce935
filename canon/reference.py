"""The tables of docs/canon.md, from the tables the gate works with."""

from __future__ import annotations

from canon.rules import RULES
from canon.vocabulary import ATTRIBUTES, SCENE_ATTRIBUTES, Attribute


def attribute_table() -> str:
    """Every listed attribute as a row of a Markdown table."""
    rows = [
        "| attribute | of | value | what it says | how it behaves |",
        "| --- | --- | --- | --- | --- |",
    ]
    listed = (*ATTRIBUTES.values(), *SCENE_ATTRIBUTES.values())
    rows += [
        f"| `{each.name}` | {_kinds(each)} | {each.value} | {each.meaning} | {_behaviour(each)} |"
        for each in listed
    ]
    return "\n".join(rows) + "\n"


def rule_table() -> str:
    """Every rule as a row of a Markdown table, in the order in which they are asked."""
    rows = ["| rule | | stops |", "| --- | --- | --- |"]
    rows += [f"| `{rule.name}` | {rule.severity} | {rule.stops} |" for rule in RULES]
    return "\n".join(rows) + "\n"


def _kinds(attribute: Attribute) -> str:
    return "anything" if len(attribute.of) > 3 else ", ".join(attribute.of)


def _behaviour(attribute: Attribute) -> str:
    said = []
    if attribute.many:
        most = f"at most {attribute.at_most}" if attribute.at_most else "several"
        said.append(f"{most}, parted by commas")
    said += [name for name in ("symmetric", "exclusive", "fixed") if getattr(attribute, name)]
    if attribute.grows:
        said.append("only goes up")
    if attribute.lasting:
        said.append("lasts")
    said += [f"{word} of `{getattr(attribute, word)}`" for word in _paired(attribute)]
    return "; ".join(said)


def _paired(attribute: Attribute) -> list[str]:
    return [word for word in ("inverse", "opposite") if getattr(attribute, word)]
