"""What a run begins first, and that the film is in its own order all the same."""

import os
import subprocess
import sys

from orchestrator.work.shot_job import effort
from schemas.shot_list import ShotList
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import make_show


def test_long_shots_come_before_short_ones_and_the_film_is_in_order(command, tmp_path):
    episode = make_show(tmp_path, project=TINY)
    ended = command("run", episode, "--json", "--workers", "1")
    assert ended.code == 0, ended.err
    build = tmp_path / "builds" / "s01e01"
    listed = ShotList.model_validate_json((build / "shot_list.json").read_text())
    shots = listed.shots
    efforts = {shot.shot_id: effort(shot, listed.fps) for shot in shots}
    begun = [efforts[item["name"]] for item in ended.json["work"] if item["kind"] == "shot"]
    assert len(begun) > 3
    assert begun == sorted(begun, reverse=True)
    shown = command("show", build, "--json").json["content"]["shots"]
    assert [shot["shot_id"] for shot in shown] == [shot.shot_id for shot in shots]
    assert list(efforts.values()) != sorted(efforts.values(), reverse=True)


def test_matrix_products_start_no_threads_of_their_own():
    program = (
        "import os; from unittest.mock import patch; from orchestrator.cli import main;"
        "patch.object(main, 'main', lambda _: 0).start()\n"
        "try: main.run_program()\n"
        "except SystemExit: print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    for given, kept in ({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3"):
        plain = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=plain | given,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == kept
