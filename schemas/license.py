"""Rights metadata that every asset carries (plan §25.2)."""

from __future__ import annotations

from schemas.artifact import Flag, Frozen

GENERATED_LOCAL = "generated_local"
PROPRIETARY_CLEARED = "proprietary_cleared"
PROVIDER_TERMS = "provider_terms"
"""Made by an outside provider: as its terms say."""


class License(Frozen):
    """Who owns an asset and what may be done with it.

    `retrieval_date` and `expires` are ISO 8601 dates, empty when not known or not limited.
    """

    license_type: str
    attribution: str = ""
    purchase_record: str = ""
    provider_or_model: str = ""
    retrieval_date: str = ""
    redistributable: Flag = False
    expires: str = ""
