"""Who is talking to whom: each beat's place in the conversation it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from stages.shots.beats import Beat


def in_conversation(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """The beats with turn, opening, flow, company and listener filled in, from their order alone.

    How long anything lasts plays no part, so that a longer line changes no one else's framing.
    """
    placed: list[Beat] = []
    company: tuple[str, ...] = ()
    opened = False
    for talks, run in groupby(beats, key=lambda beat: beat.talks):
        exchange = list(run)
        turn = 0
        for position, beat in enumerate(exchange):
            # Whoever answers later in an exchange is there while the other talks.
            company = _joined(company, exchange if talks else [beat])
            told = replace(beat, company=company)
            if talks:
                opens = not opened and beat.kind == "speech" and bool(beat.people)
                opens = opens and len(company) > 1
                opened = opened or opens
                told = _in_exchange(replace(told, turn=turn, opens=opens), exchange, position)
                turn += beat.kind != "pause"
            placed.append(told)
    return tuple(placed)


def _joined(company: tuple[str, ...], beats: Sequence[Beat]) -> tuple[str, ...]:
    """Those seen so far, and those seen in these beats, each once."""
    return tuple(dict.fromkeys(chain(company, *(beat.people for beat in beats))))


def _in_exchange(beat: Beat, exchange: Sequence[Beat], position: int) -> Beat:
    after = position + 1
    return replace(
        beat,
        flows_in=position > 0 and not _broken(exchange, position),
        flows_out=after < len(exchange) and not _broken(exchange, after),
        listener=_listener(beat, exchange, position),
    )


def _broken(beats: Sequence[Beat], position: int) -> bool:
    """Whether a written transition stands between this beat and the one before."""
    return beats[position].arrives is not None or beats[position - 1].fades_out


def _listener(beat: Beat, exchange: Sequence[Beat], position: int) -> str:
    """Who is being spoken to: the last other speaker, else the next, else anyone else there.

    A voice-over is for whoever answers it; by itself it speaks to the audience.
    """
    lines = [line for track in beat.tracks for line in track]
    speaking = {line.speaker_id for line in lines} | set(beat.people)
    nearby = chain(_people_before(exchange, position), _people_after(exchange, position))
    voice_over = bool(lines) and all(line.voice_over for line in lines)
    there = () if voice_over else beat.company
    return next((who for who in chain(nearby, there) if who not in speaking), "")


def _people_before(exchange: Sequence[Beat], position: int) -> Iterator[str]:
    for earlier in range(position - 1, -1, -1):
        yield from exchange[earlier].people


def _people_after(exchange: Sequence[Beat], position: int) -> Iterator[str]:
    for later in range(position + 1, len(exchange)):
        yield from exchange[later].people
