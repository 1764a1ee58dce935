"""The ledger: caps under many hands, damage, and death at any moment."""

import os
import random
import signal
from multiprocessing import get_context

import pytest

from orchestrator.spend.caps import Caps
from orchestrator.spend.ledger import Ledger, Reservation
from schemas.errors import PipelineError

FREE = Caps(None, None)


def put_aside(name: str, amount: int = 100, work: str = "") -> Reservation:
    return Reservation(name, "runway", "kitchen.1", work or f"work of {name}", amount)


def test_a_job_from_reservation_to_payment(tmp_path):
    ledger = Ledger(tmp_path)
    assert ledger.book().jobs == {}
    ledger.reserve("run-1", [put_aside("a", 100), put_aside("b", 50)], FREE)
    ledger.sending("a")
    ledger.submitted("a", "task-7", 90)
    book = Ledger(tmp_path).book()
    assert (book.jobs["a"].standing, book.jobs["a"].handle) == ("submitted", "task-7")
    assert (book.spoken_for(), book.paid()) == (140, 0)
    assert book.open_for("work of a").job == "a"
    ledger.settle("a", 80, "a clip")
    ledger.release("b", "refused")
    book = ledger.book()
    assert (book.spoken_for(), book.paid(), book.spoken_for(run="run-2")) == (80, 80, 0)
    assert book.open_for("work of a") is None


def test_a_batch_is_admitted_whole_or_not_at_all(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.reserve("r", [put_aside("a", 60)], Caps(100, None))
    with pytest.raises(PipelineError, match=r"\$0\.01 are asked for") as refused:
        ledger.reserve("r", [put_aside("b", 20), put_aside("c", 21)], Caps(100, None))
    assert refused.value.code == "over-budget"
    assert list(ledger.book().jobs) == ["a"]
    ledger.reserve("r", [put_aside("b", 20), put_aside("c", 20)], Caps(100, None))
    assert ledger.book().spoken_for() == 100


def test_one_piece_of_work_is_put_aside_for_and_sent_once(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.reserve("run-1", [put_aside("a", work="shot")], FREE)
    with pytest.raises(PipelineError, match="another run is buying the same thing") as refused:
        ledger.reserve("run-2", [put_aside("x"), put_aside("b", work="shot")], FREE)
    assert refused.value.code == "work-open"
    assert list(ledger.book().jobs) == ["a"], "the batch is admitted whole or not at all"
    ledger.sending("a")
    for submitted in (False, True):
        if submitted:
            ledger.submitted("a", "task-7", None)
        with pytest.raises(PipelineError) as refused:
            ledger.sending("a")
        assert refused.value.code == "work-open"
    assert ledger.release_unsent(lambda job: True, "unused") == ()
    assert ledger.book().jobs["a"].standing == "submitted"
    ledger.settle("a", 10, "a clip")
    ledger.reserve("run-2", [put_aside("b", work="shot")], FREE)


def test_the_day_has_a_cap_of_its_own(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.reserve("run-1", [put_aside("a", 60)], Caps(100, 100))
    with pytest.raises(PipelineError, match="the day may cost"):
        ledger.reserve("run-2", [put_aside("b", 60)], Caps(100, 100))


def test_a_failed_attempt_and_an_unknown_one_still_count(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.reserve("r", [put_aside("a", 60), put_aside("b", 40)], Caps(100, None))
    ledger.sending("a")
    ledger.submitted("a", "t", None)
    ledger.settle("a", 60, "it failed")
    ledger.sending("b")
    ledger.unknown("b", "no answer")
    with pytest.raises(PipelineError, match="are spoken for already"):
        ledger.reserve("r", [put_aside("c", 1)], Caps(100, None))


@pytest.mark.parametrize("said", ["sending", "release"])
def test_a_job_that_is_over_stays_over(tmp_path, said):
    ledger = Ledger(tmp_path)
    ledger.reserve("r", [put_aside("a")], FREE)
    ledger.release("a", "refused")
    with pytest.raises(PipelineError, match="not open"):
        getattr(ledger, said)(*(["a"] if said == "sending" else ["a", "again"]))
    assert ledger.book().jobs["a"].standing == "released"


def _damages(lines):
    yield "a line taken out", lines[:1] + lines[2:]
    yield "the last line taken out", lines[:-1]
    yield "two lines exchanged", [lines[1], lines[0], *lines[2:]]
    yield "an amount changed", [lines[0].replace(b"100", b"001"), *lines[1:]]
    yield "rubbish", [b"{]", *lines[1:]]
    yield "all of it", []


@pytest.mark.parametrize("number", range(6))
def test_a_changed_ledger_buys_nothing(tmp_path, number):
    ledger = Ledger(tmp_path)
    for name in "abc":
        ledger.reserve("r", [put_aside(name)], FREE)
    path = tmp_path / "spend" / "ledger.jsonl"
    _, lines = list(_damages(path.read_bytes().splitlines()))[number]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    for act in (ledger.book, lambda: ledger.reserve("r", [put_aside("d")], FREE)):
        with pytest.raises(PipelineError) as refused:
            act()
        assert refused.value.code == "ledger-damaged"


def test_half_a_line_is_a_death_and_no_damage(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.reserve("r", [put_aside("a")], FREE)
    path = tmp_path / "spend" / "ledger.jsonl"
    with path.open("ab") as file:
        file.write(b'{"seq": 2, "kind": "reser')
    ledger.reserve("r", [put_aside("b")], FREE)
    assert list(Ledger(tmp_path).book().jobs) == ["a", "b"]
    assert len(path.read_bytes().splitlines()) == 2


def _spend(show, number, caps):
    """One worker of many: reserves, fails, pays, gives back, and is killed now and then."""
    dice = random.Random(number)  # noqa: S311  a test's dice
    ledger = Ledger(show)
    for step in range(25):
        name, amount = f"{number}-{step}", dice.randint(1, 9)
        try:
            ledger.reserve("run", [put_aside(name, amount)], caps)
        except PipelineError as refused:
            assert refused.code == "over-budget"
            continue
        fate = dice.random()
        if fate < 0.1:
            os.kill(os.getpid(), signal.SIGKILL)
        ledger.sending(name)
        if fate < 0.2:
            ledger.release(name, "refused")
        elif fate < 0.6:
            ledger.submitted(name, "t", None)
            ledger.settle(name, amount, "failed" if fate < 0.4 else "a clip")


def test_never_over_the_cap_with_many_hands_and_kills(tmp_path):
    """40 workers of 25 attempts each: 1,000 attempts on one ledger."""
    caps = Caps(700, None)
    fork = get_context("fork")
    for first in range(0, 40, 8):
        workers = [
            fork.Process(target=_spend, args=(tmp_path, n, caps)) for n in range(first, first + 8)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert all(worker.exitcode in (0, -signal.SIGKILL) for worker in workers)
    book = Ledger(tmp_path).book()
    assert 600 < book.spoken_for() <= 700
    assert any(job.standing == "reserved" for job in book.jobs.values())


def test_killed_at_each_step_of_a_write_the_ledger_is_old_or_new(tmp_path, monkeypatch):
    fork = get_context("fork")
    calls = ("ftruncate", "write", "fsync", "replace")
    seen = set()
    for number, (call, after) in enumerate((c, a) for c in calls for a in (False, True)):
        show = tmp_path / str(number)
        show.mkdir()
        Ledger(show).reserve("r", [put_aside("a")], FREE)

        def dying(real, call=call, after=after):
            def act(*arguments, **named):
                done = real(*arguments, **named) if after else None
                os._exit(9)
                return done

            return act

        def work(show=show, call=call, dying=dying):
            setattr(os, call, dying(getattr(os, call)))
            Ledger(show).reserve("r", [put_aside("b")], FREE)

        child = fork.Process(target=work)
        child.start()
        child.join()
        assert child.exitcode == (9 if call != "replace" else child.exitcode)
        names = list(Ledger(show).book().jobs)
        assert names in (["a"], ["a", "b"])
        seen.add(tuple(names))
        again = put_aside("c")
        Ledger(show).reserve("r", [again], FREE)
        assert list(Ledger(show).book().jobs) == [*names, "c"]
    assert seen == {("a",), ("a", "b")}
