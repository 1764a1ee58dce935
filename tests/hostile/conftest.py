"""What hostile texts and files must not reach."""

import pytest

from tests.hostile.shows import Traps
from tests.hostile.watch import Canary, PlantedSecret


@pytest.fixture
def traps(tmp_path):
    made = Traps(Canary(), PlantedSecret(tmp_path / "secrets"))
    yield made
    made.canary.close()
    made.secret.close()
