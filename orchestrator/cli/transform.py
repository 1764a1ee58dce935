"""`pipeline transform`: a picture or clip of one's own in another scene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import AsJson, ShowFolder
from orchestrator.cli.run import Quiet
from orchestrator.seams.console import answer, remark, say, say_json

if TYPE_CHECKING:
    from orchestrator.upgrades.transform import Report


def transform(
    media: Annotated[Path, typer.Argument(help="A JPG, PNG, MP4 or MOV of yours.")],
    scene: Annotated[str, typer.Option("--scene", help="The scene, 10 to 2000 characters.")],
    style: Annotated[str, typer.Option("--style", help="A style: medieval, vintage.")] = "",
    aspect: Annotated[
        str, typer.Option("--aspect", help="original, 16:9, 9:16, 1:1, 4:3 or 3:4.")
    ] = "original",
    count: Annotated[int, typer.Option("--count", help="Variations, 1 to 5.")] = 1,
    becomes: Annotated[
        str, typer.Option("--as", help="A picture of the show: character:MARA, place:KITCHEN.")
    ] = "",
    shot: Annotated[
        str, typer.Option("--shot", help="A clip becomes a take: EPISODE:SHOT or EPISODE:NUMBER.")
    ] = "",
    provider: Annotated[
        str, typer.Option("--provider", help="Ask this provider, and no other.")
    ] = "",
    show: ShowFolder = Path(),
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Say what it would cost; ask and buy nothing.")
    ] = False,
    approve_by: Annotated[
        str, typer.Option("--approve-by", help="Your name: you approve what it may cost.")
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 6 when a variation failed or does not fit.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Show a photo or clip of yours in another scene, by a provider or a program of yours.

    Examples:

      pipeline transform me.jpg --scene "A knight in the yard of a castle, at dawn" --count 3

      pipeline transform me.jpg --scene "Mara, a sailor in a yellow coat" --as character:MARA

      pipeline transform walk.mp4 --scene "A street of 1925 in the rain" --shot s01e01:4
    """
    from orchestrator.reporting.progress import make_reporter
    from orchestrator.upgrades.transform import estimate as price
    from orchestrator.upgrades.transform import estimate_text
    from orchestrator.upgrades.transform import transform as make
    from orchestrator.work.transform_wish import Typed, transform_wish
    from schemas.errors import ExitCode

    wish = transform_wish(media, Typed(scene, style, aspect, count, provider, becomes, shot))
    reporter = make_reporter(quiet or as_json)
    if estimate:
        return answer(price(wish, show, reporter), estimate_text, as_json=as_json)
    report = make(wish, show, reporter, approve_by)
    reporter.close()
    _tell(report, as_json)
    return int(ExitCode.DEGRADED) if strict and report.degraded else 0


def _tell(report: Report, as_json: bool) -> None:
    from orchestrator.upgrades.transform import report_payload, report_text

    if as_json:
        say_json(report_payload(report))
        return
    for warning in report.warnings:
        remark(f"warning: {warning}")
    say(report_text(report))
