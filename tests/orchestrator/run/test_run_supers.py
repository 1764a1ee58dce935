"""Words that a writer wants on the picture, from the script to the delivered film."""

import av
import numpy as np

from tests.orchestrator.show_on_disk import make_show, pipeline

SCRIPT = """EXT. HARBOUR - DAY

SUPER: "Ostend, 1940."

Mara waits.

DISSOLVE TO:

INT. HALL - DAY

MARA
Nobody.

CUT TO BLACK.

SUPER: <i>{\\an8} 100 %
"""
SMALL = "format: {width: 320, height: 180}\nplaceholder_tag: false\n"


def frames(show):
    with av.open(str(show / "builds" / "s01e01" / "s01e01.mp4")) as opened:
        return [frame.to_ndarray()[:180].astype(int) for frame in opened.decode(video=0)]


def test_a_super_is_in_the_film_and_a_changed_one_makes_its_own_shot_again(tmp_path):
    show = tmp_path / "show"
    episode = make_show(show, SCRIPT, SMALL)
    assert pipeline("run", episode).code == 0
    before = frames(show)
    # White letters in the place's picture, and on the last card, which is black around them.
    assert before[24][100:128].max() > 215
    card = before[-5]
    assert card.max() > 215 and np.median(card) <= 18

    episode.write_text(SCRIPT.replace("1940", "1945"))
    again = pipeline("run", episode, "--json")
    made = [(item["kind"], item["name"]) for item in again.json["work"] if not item["hit"]]
    shots = [name for kind, name in made if kind == "shot"]
    assert len(shots) == 1 and shots[0].startswith("ext_harbour_day.")
    after = frames(show)
    assert len(after) == len(before)
    changed = np.nonzero(np.abs(after[24] - before[24]) > 40)
    assert changed[0].min() > 90 and changed[0].max() < 130
    assert np.abs(after[-5] - card).max() <= 2

    told = pipeline("explain", episode, "--shots").out
    assert "super: the writer asks for 'Ostend, 1945.' on the picture" in told
    assert "super_card: the writer wants words read, on black" in told
