"""A film of two scenes that is upgraded, and what is read of it afterwards."""

import json

SMALL = "id: test\nvoice: none\nformat: {width: 160, height: 90}\n"
PAID = """cost_policy: {max_run_budget_cents: 500, approval: auto}
providers:
  runway: {base_url: "%s", look_every_ms: 0}
  luma: {base_url: "%s", look_every_ms: 0}
"""


def set_up(show, more):
    (show / "project.yaml").write_text(SMALL + more)


def output(build):
    return json.loads((build / "render_output.json").read_text())


def shots(build):
    return {shot["shot_id"]: shot for shot in output(build)["shots"]}


def first_shot(build):
    return next(iter(shots(build)))
