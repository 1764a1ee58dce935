"""The command line inside this process, and a finished show to copy."""

import shutil

import pytest

from orchestrator.cli.main import main
from tests.fake_providers import services
from tests.fake_providers.clips import wandering_square
from tests.fake_providers.elevenlabs import FakeElevenLabs
from tests.fake_providers.server import serving
from tests.orchestrator.show_on_disk import TWO_SCENES, Ended, make_show
from tests.orchestrator.upgraded_show import PAID, SMALL, set_up

TINY = "id: test\nformat: {width: 114, height: 64}\n"


@pytest.fixture
def command(capsys):
    """`pipeline` with its arguments as a user types them; code, output and errors come back."""

    def run(*arguments) -> Ended:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def finished_show(tmp_path_factory):
    """A show with one finished episode; only to be read."""
    show = tmp_path_factory.mktemp("finished") / "show"
    assert main(["run", str(make_show(show, project=TINY)), "--quiet"]) == 0
    return show


@pytest.fixture
def finished(finished_show, tmp_path):
    """A copy of the finished show, to change."""
    copy = tmp_path / "show"
    shutil.copytree(finished_show, copy)
    return copy


@pytest.fixture(scope="session")
def clip(tmp_path_factory):
    """What the services give: ten seconds at 24 frames, a square that wanders."""
    return wandering_square(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture(scope="session")
def previewed(tmp_path_factory):
    show = tmp_path_factory.mktemp("previewed") / "show"
    assert main(["run", str(make_show(show, TWO_SCENES, SMALL)), "--quiet"]) == 0
    return show


@pytest.fixture
def show(previewed, tmp_path, monkeypatch):
    monkeypatch.setenv("RUNWAYML_API_SECRET", services.KEY)
    monkeypatch.setenv("LUMA_API_KEY", services.KEY)
    copy = tmp_path / "show"
    shutil.copytree(previewed, copy)
    return copy


@pytest.fixture
def build(show):
    return show / "builds" / "s01e01"


@pytest.fixture
def eleven(monkeypatch):
    """ElevenLabs on this machine, and its key in the environment."""
    with serving(FakeElevenLabs(b"")) as service:
        monkeypatch.setenv("ELEVENLABS_API_KEY", service.key)
        yield service


@pytest.fixture
def fakes(show, clip):
    """Runway and Luma on this machine, and a project that knows where."""
    with (
        serving(services.RunwayFake(clip=clip)) as one,
        serving(services.LumaFake(clip=clip)) as two,
    ):
        set_up(show, PAID % (one.url, two.url))
        yield one, two
