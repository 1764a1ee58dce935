"""The real `pipeline upgrade`, killed at a request to each provider and started again.

Every request of every provider, and a thousand random runs, are `make torture`'s
(`tests.torture.provider_kills`).
"""

import pytest

from tests.torture import provider_kills

# A request of each, so that together they are killed while a job is handed in, waits, runs, is
# over, and while its clip comes: before the service has seen the request, or after it did.
KILLS = {
    "runway": (1, True, "parked"),
    "luma": (2, False, "fetched"),
    "kling": (1, True, "fetched"),
    "fal": (3, True, "fetched"),
    "replicate": (4, True, "fetched"),
    "leonardo": (4, False, "fetched"),
    "comfyui": (5, True, "fetched"),
}


@pytest.fixture(scope="session")
def on(tmp_path_factory):
    return provider_kills.ground(tmp_path_factory.mktemp("killed"))


@pytest.mark.parametrize("name", list(provider_kills.FAKES))
def test_killed_at_a_request_nothing_is_bought_twice(on, name):
    at, after, ended = KILLS[name]
    assert provider_kills.one_kill(name, on, at, after) == ended


def test_random_faults_and_deaths(on):
    assert provider_kills.one_random_run(1, on) in {"fetched", "failed", "parked"}
