"""Secrets taken out of every word that leaves the program: screen, logs, run summaries.

A secret is the value of an environment variable that is called like one, and whatever stands where
URLs and HTTP headers carry credentials.
"""

from __future__ import annotations

import re
from typing import Any, Final

from orchestrator.seams.environment import secret_values

MASK: Final = "[redacted]"
# An environment variable called TOKEN that holds `on` or `kitchen` is no secret, and taking every
# such word out of the messages would make them useless.
SHORTEST_SECRET_CHARS: Final = 8

_CREDENTIALS: Final = (
    # https://user:password@host, up to the last @ before the path (RFC 3986, 3.2.1)
    (re.compile(r"(?<=://)[^\s/?#]{1,2000}(?=@)"), MASK),
    # Authorization: Bearer …, Basic … (RFC 9110, 11.4), and x-api-key: …
    (re.compile(r"\b(bearer|basic)(\s+)[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\1\2{MASK}"),
    (
        re.compile(
            r"\b((?:x-)?(?:api|access|secret|auth)[-_]?(?:key|token)|password|client_secret)"
            r"(['\"]?\s*[=:]\s*['\"]?)[^\s'\"&,;})\]]{8,}",
            re.IGNORECASE,
        ),
        rf"\1\2{MASK}",
    ),
)


def redacted(text: str) -> str:
    """`text` with each secret replaced by `[redacted]`, also where it is percent-encoded."""
    for secret in secret_values(SHORTEST_SECRET_CHARS):
        if secret in text:
            text = text.replace(secret, MASK)
    for pattern, instead in _CREDENTIALS:
        text = pattern.sub(instead, text)
    return text


def redacted_values(payload: Any) -> Any:
    """JSON values with every text in them redacted; keys stay."""
    if isinstance(payload, str):
        return redacted(payload)
    if isinstance(payload, dict):
        return {key: redacted_values(value) for key, value in payload.items()}
    if isinstance(payload, (list, tuple)):
        return [redacted_values(value) for value in payload]
    return payload
