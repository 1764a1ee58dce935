"""Every adapter against a server on this machine that enforces its provider's contract."""

import json
from dataclasses import dataclass, replace

import pytest

from orchestrator.seams.clock import epoch_s
from orchestrator.seams.http_client import HttpClient
from renderers.providers.contract import ClipJob, ProviderError, ShotPrompt
from renderers.providers.row import Configured, Surroundings
from renderers.providers.table import BY_ID
from schemas.project import Format
from tests.fake_providers import services
from tests.fake_providers.server import Fault, answer, serving

PNG = services.PNG + b"picture"
CLIP = b"the bytes of a clip"


@dataclass(frozen=True)
class Case:
    """One provider: its fake, its keys, and which steps its wire has."""

    fake: type
    secrets: tuple[str, ...]
    cancels: bool = True
    dedups: bool = False
    refuses: bool = True


CASES = {
    "runway": Case(services.RunwayFake, ("RUNWAYML_API_SECRET",)),
    "luma": Case(services.LumaFake, ("LUMA_API_KEY",)),
    "kling": Case(services.KlingFake, ("KLING_SECRET_KEY",), cancels=False, dedups=True),
    "fal": Case(services.FalFake, ("FAL_KEY",)),
    "replicate": Case(services.ReplicateFake, ("REPLICATE_API_TOKEN",)),
    "leonardo": Case(services.LeonardoFake, ("LEONARDO_API_KEY",), refuses=False),
    "comfyui": Case(services.ComfyFake, (), dedups=True, refuses=False),
}
PAID = [name for name, case in CASES.items() if case.secrets]
NAMES = list(CASES)


@pytest.fixture
def http():
    client = HttpClient()
    yield client
    client.close()


@pytest.fixture
def talking(http, tmp_path):
    """A provider's fake and the adapter that speaks to it."""
    opened = []

    def open_one(name: str, key: str = services.KEY, **set_up):
        fake = CASES[name].fake(clip=CLIP, **set_up)
        context = serving(fake)
        context.__enter__()
        opened.append(context)
        secrets = dict.fromkeys(CASES[name].secrets, key) | {"KLING_ACCESS_KEY": "access"}
        around = Surroundings(http, None, secrets, epoch_s, tmp_path / "jobs")
        workflow = json.dumps(services.WORKFLOW)
        given = Configured(base_url=fake.url, workflow=workflow, workflow_name="workflow.json")
        return fake, BY_ID[name].build(given, around)

    yield open_one
    for context in opened:
        context.__exit__(None, None, None)


def job_for(name: str, **changes) -> ClipJob:
    job = ClipJob(
        shot_id="kitchen.1",
        duration_frames=100,
        format=Format(),
        timing_lock_hash="0" * 64,
        prompt=ShotPrompt("Mara at a table", "slow push in", "ink drawing", "tense"),
        model=BY_ID[name].models["standard"],
        quality="standard",
        seed=7,
        client_token="attempt-1",  # noqa: S106  a name, no password
        first_frame=PNG,
    )
    return replace(job, **changes)


def finished(provider, handle):
    """The phases that polling passes through, and the last state."""
    phases = []
    for _ in range(10):
        state = provider.poll(handle)
        phases.append(state.phase)
        if state.phase in ("done", "failed", "cancelled"):
            return phases, state
    raise AssertionError(phases)


@pytest.mark.parametrize("name", NAMES)
def test_from_submit_to_clip(talking, tmp_path, name):
    fake, provider = talking(name, polls=3)
    submission = provider.submit(job_for(name))
    phases, state = finished(provider, submission.handle)
    assert phases[-1] == "done"
    assert set(phases[:-1]) <= {"waiting", "running"} and len(phases) == 3
    provider.fetch(state, tmp_path / "clip")
    assert (tmp_path / "clip").read_bytes() == CLIP
    assert len(fake.jobs) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_job_can_be_asked_for_by_another_process(talking, name):
    """The handle is all it takes: nothing about the job lives in the adapter."""
    fake, provider = talking(name, polls=1)
    handle = provider.submit(job_for(name)).handle
    assert isinstance(handle, str)
    assert finished(type(provider)(*_parts_of(provider)), handle)[1].phase == "done"
    assert len(fake.steps("submit")) == 1


def _parts_of(provider):
    return [part for part in (provider._api, getattr(provider, "_workflow", None)) if part]


@pytest.mark.parametrize("name", PAID)
def test_a_wrong_key_is_fatal_and_never_shown(talking, name):
    fake, provider = talking(name, key="some-other-key-123456")
    with pytest.raises(ProviderError) as error:
        provider.submit(job_for(name))
    assert error.value.kind == "fatal"
    assert "401" in error.value.problem
    assert "some-other-key" not in str(error.value)
    assert not fake.jobs


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("status", "kind"),
    [(429, "rate_limit"), (500, "transient"), (502, "transient"), (503, "transient"),
     (504, "transient"), (402, "fatal"), (404, "fatal")],
)  # fmt: skip
def test_each_status_has_its_class(talking, name, status, kind):
    fake, provider = talking(name)
    fake.faults.append(
        Fault("submit", "refuse", answer(status, {"error": "x"}, **{"Retry-After": "9"}))
    )
    with pytest.raises(ProviderError) as error:
        provider.submit(job_for(name))
    assert error.value.kind == kind
    assert error.value.retry_after_s == 9
    assert error.value.maybe_accepted == (status in {500, 502, 504})
    assert not fake.jobs


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["drop", "cut", "rubbish"])
def test_an_answer_that_got_lost_may_have_been_taken(talking, name, kind):
    fake, provider = talking(name)
    fake.faults.append(Fault("submit", kind))
    with pytest.raises(ProviderError) as error:
        provider.submit(job_for(name))
    assert (error.value.kind, error.value.maybe_accepted) == ("transient", True)
    assert len(fake.jobs) == 1


@pytest.mark.parametrize("name", [n for n in NAMES if CASES[n].dedups])
def test_a_second_submit_with_the_same_token_is_the_same_job(talking, name):
    fake, provider = talking(name)
    assert provider.capabilities.dedups_submits
    fake.faults.append(Fault("submit", "drop"))
    with pytest.raises(ProviderError):
        provider.submit(job_for(name))
    assert finished(provider, provider.submit(job_for(name)).handle)[1].phase == "done"
    assert len(fake.jobs) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["drop", "cut", "rubbish"])
def test_a_look_that_failed_is_taken_again(talking, name, kind):
    fake, provider = talking(name)
    handle = provider.submit(job_for(name)).handle
    fake.faults.append(Fault("poll", kind))
    with pytest.raises(ProviderError) as error:
        provider.poll(handle)
    assert (error.value.kind, error.value.maybe_accepted) == ("transient", False)
    assert finished(provider, handle)[1].phase == "done"


@pytest.mark.parametrize("name", NAMES)
def test_a_failed_job_says_so(talking, name):
    _, provider = talking(name, outcome="failed")
    state = finished(provider, provider.submit(job_for(name)).handle)[1]
    assert (state.phase, state.error.kind) == ("failed", "fatal")


@pytest.mark.parametrize("name", [n for n in NAMES if CASES[n].refuses])
def test_a_refused_picture_is_told_from_a_failure(talking, name):
    _, provider = talking(name, outcome="rejected")
    state = finished(provider, provider.submit(job_for(name)).handle)[1]
    assert (state.phase, state.error.kind) == ("failed", "content_rejected")


@pytest.mark.parametrize("name", NAMES)
def test_an_expired_link_leads_to_another_look(talking, tmp_path, name):
    _, provider = talking(name, links_expire_after=0)
    handle = provider.submit(job_for(name)).handle
    with pytest.raises(ProviderError, match="expired") as error:
        provider.fetch(finished(provider, handle)[1], tmp_path / "clip")
    assert error.value.kind == "transient"
    provider.fetch(provider.poll(handle), tmp_path / "clip")
    assert (tmp_path / "clip").read_bytes() == CLIP


@pytest.mark.parametrize("name", NAMES)
def test_half_a_clip_is_none(talking, tmp_path, name):
    fake, provider = talking(name)
    state = finished(provider, provider.submit(job_for(name)).handle)[1]
    fake.faults.append(Fault("fetch", "cut"))
    with pytest.raises(ProviderError) as error:
        provider.fetch(state, tmp_path / "clip")
    assert error.value.kind == "transient"
    assert not (tmp_path / "clip").exists()


@pytest.mark.parametrize("name", [n for n in NAMES if CASES[n].cancels])
def test_cancel_reaches_the_job_and_may_be_said_twice(talking, name):
    fake, provider = talking(name, polls=5)
    handle = provider.submit(job_for(name)).handle
    provider.cancel(handle)
    provider.cancel(handle)
    assert next(iter(fake.jobs.values())).cancelled


@pytest.mark.parametrize("name", NAMES)
def test_what_a_provider_cannot_make_is_never_asked(talking, name):
    fake, provider = talking(name)
    for job in (
        job_for(name, duration_frames=24 * 61),
        job_for(name, format=Format(aspect="21:9")),
    ):
        for ask in (provider.estimate, provider.submit):
            with pytest.raises(ProviderError) as error:
                ask(job)
            assert error.value.kind == "fatal"
    assert not fake.calls


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("quality", ["low", "standard", "high"])
def test_each_quality_is_one_the_provider_sells(talking, name, quality):
    fake, provider = talking(name)
    job = job_for(
        name,
        quality=quality,
        model=BY_ID[name].models[quality],
        duration_frames=49,
        last_frame=None if name in ("fal", "leonardo", "comfyui") else PNG,
    )
    estimate = provider.estimate(job)
    provider.submit(job)
    assert len(fake.jobs) == 1
    assert (estimate.cost_microusd > 0) == (name != "comfyui")


@pytest.mark.parametrize(
    ("name", "frames", "quality", "microusd"),
    [
        ("runway", 96, "high", 4 * 12 * 10_000),
        ("runway", 97, "high", 5 * 12 * 10_000),
        ("runway", 24, "standard", 2 * 5 * 10_000),
        ("luma", 120, "low", 60_000),
        ("luma", 121, "low", 120_000),
        ("kling", 100, "high", 370_000),
        ("fal", 100, "standard", 200_000),
        ("fal", 100, "high", 450_000),
        ("replicate", 100, "standard", 500_000),
        ("leonardo", 100, "high", 400_000),
        ("comfyui", 100, "high", 0),
    ],
)
def test_estimates(talking, name, frames, quality, microusd):
    _, provider = talking(name)
    job = job_for(name, duration_frames=frames, quality=quality, model=BY_ID[name].models[quality])
    estimate = provider.estimate(job)
    assert estimate.cost_microusd == microusd
    assert estimate.exact == (name == "comfyui")


def test_what_the_provider_says_it_costs_counts(talking):
    _, provider = talking("runway")
    submission = provider.submit(job_for("runway"))
    assert submission.cost_microusd == 5 * 5 * 10_000
    assert finished(provider, submission.handle)[1].cost_microusd == 25 * 10_000
    _, provider = talking("leonardo")
    assert provider.submit(job_for("leonardo")).cost_microusd == 430_000


def test_klings_account_limits_are_no_reason_to_wait(talking):
    fake, provider = talking("kling")
    for code, kind in ((1102, "fatal"), (1303, "rate_limit"), (1301, "content_rejected")):
        fake.faults.append(
            Fault("submit", "refuse", answer(429, {"code": code, "message": "limit"}))
        )
        with pytest.raises(ProviderError) as error:
            provider.submit(job_for("kling"))
        assert error.value.kind == kind


def test_fal_never_takes_our_key_to_another_host(talking):
    fake, provider = talking("fal")
    elsewhere = {"request_id": "r", "status_url": "https://elsewhere.invalid/s",
                 "response_url": f"{fake.url}/r", "cancel_url": f"{fake.url}/c"}  # fmt: skip
    fake.faults.append(Fault("submit", "refuse", answer(200, elsewhere)))
    with pytest.raises(ProviderError, match="another host") as error:
        provider.submit(job_for("fal"))
    assert error.value.maybe_accepted


def test_a_comfyui_that_forgot_the_job_is_fatal(talking):
    fake, provider = talking("comfyui")
    handle = provider.submit(job_for("comfyui")).handle
    fake.jobs.clear()
    with pytest.raises(ProviderError, match="does not know the job") as error:
        provider.poll(handle)
    assert error.value.kind == "fatal"


def test_a_workflow_is_filled_in(talking):
    fake, provider = talking("comfyui")
    provider.submit(job_for("comfyui"))
    nodes = next(iter(fake.jobs.values())).request["prompt"]
    assert nodes["2"]["inputs"] == {
        "seed": 7,
        "text": "film of Mara at a table. slow push in. ink drawing. tense",
    }
    assert nodes["3"]["inputs"] == {"frames": 100, "from": ["2", 0]}


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (1000, "Mara at a table. slow push in. ink drawing. tense"),
        (44, "Mara at a table. slow push in. ink drawing"),
        (24, "Mara at a table. slow"),
        (16, "Mara at a table"),
        (9, "Mara at"),
    ],
)
def test_a_prompt_is_cut_between_words(limit, text):
    prompt = ShotPrompt("Mara at a table", "slow push in", "ink drawing", "tense")
    assert prompt.text(limit) == text
    assert len(text) <= limit
