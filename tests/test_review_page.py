"""A director opens the review page: in a real browser, from disk, with the keyboard."""

import json
import shutil

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser import browser
from tests.film_words import read_srt
from tests.orchestrator.show_on_disk import make_show, pipeline

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]

SCRIPT = """Title: Review <b>me</b>

INT. KITCHEN - DAY #1#

Mara waits by the door.

MARA
(not turning round)
Is it *really* open? I have been standing here since the clock struck four, and nobody came.

TOM (O.S.)
It was never shut & never < open.

EXT. YARD - NIGHT #2#

TOM
Wait for me.

"""


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    show = tmp_path_factory.mktemp("review show") / "a show"
    ended = pipeline("run", make_show(show, SCRIPT, name="s01 e01"))
    assert ended.code == 0, ended.err
    (folder,) = (show / "builds").iterdir()
    return folder


@pytest.fixture(scope="module")
def shots(build):
    """Per shot its first frame and its length."""
    listed, at = [], 0
    for shot in json.loads((build / "shot_list.json").read_bytes())["shots"]:
        listed.append((at, shot["duration_frames"]))
        at += shot["duration_frames"]
    return listed


@pytest.fixture(scope="module")
def window():
    with browser() as opened:
        yield opened


@pytest.fixture
def page(window, build):
    window.open(build / "review.html")
    window.wait_for("return document.getElementById('film').readyState >= 2")
    return window


def frame_shown(page):
    page.wait_for("return !document.getElementById('film').seeking")
    return int(page.run("return document.getElementById('film').currentTime * 24"))


def test_it_loads_from_disk_alone_and_asks_for_nothing_but_the_film(page, build):
    film = (build / f"{build.name}.mp4").as_uri()
    asked = set(page.requests())
    assert asked == {(build / "review.html").as_uri(), film}
    assert page.complaints() == []


def test_the_film_plays_and_stops(page, shots):
    length = shots[-1][0] + shots[-1][1]
    duration = page.run("return document.getElementById('film').duration")
    assert duration == pytest.approx(length / 24, abs=0.06)
    assert page.run("return document.getElementById('film').paused")
    page.press(" ")
    page.wait_for("return document.getElementById('film').currentTime > 0.4")
    assert page.text("#clock") != "00:00:00:00"
    assert page.run("return document.getElementById('play').getAttribute('aria-pressed')") == "true"
    page.press(" ")
    page.wait_for("return document.getElementById('film').paused")
    page.run("document.getElementById('play').click()")
    page.wait_for("return !document.getElementById('film').paused")
    assert page.complaints() == []


def test_keys_go_from_shot_to_shot(page, shots):
    assert len(shots) > 4
    current = "return document.querySelector('[aria-current]').id"
    assert page.run(current) == "shot-1"
    for number in (2, 3, 4):
        page.press("j")
        assert frame_shown(page) == shots[number - 1][0]
        assert page.run(current) == f"shot-{number}"
        assert page.text("#place") == f"shot {number} of {len(shots)}"
    page.press("k")
    assert page.run(current) == "shot-3"
    page.press(Keys.END)
    assert frame_shown(page) == shots[-1][0] + shots[-1][1] - 1
    page.press("j")
    assert page.run(current) == f"shot-{len(shots)}"
    page.press(Keys.HOME)
    assert (frame_shown(page), page.text("#clock")) == (0, "00:00:00:00")
    page.press("k")
    assert page.run(current) == "shot-1"


def test_keys_go_by_seconds_and_frames(page):
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert frame_shown(page) == 48
    assert page.text("#clock") == "00:00:02:00"
    page.press(".", ".", ",")
    assert frame_shown(page) == 49
    page.press(Keys.ARROW_LEFT)
    assert (frame_shown(page), page.text("#clock")) == (25, "00:00:01:01")
    slider = "return document.getElementById('timeline').getAttribute(arguments[0])"
    assert page.run(slider, "aria-valuenow") == "25"
    assert page.run(slider, "aria-valuetext") == "shot 1, 00:00:01:01"


def test_every_caption_stands_there_at_its_time(page, build):
    (srt,) = build.glob("*.srt")
    cues = read_srt(srt.read_text("utf-8"))
    assert len(cues) >= 3
    shown = """
        const film = document.getElementById('film'), done = arguments[1];
        film.addEventListener('seeked', () => done(
            [...document.querySelectorAll('#captions p')].map((row) => row.textContent)
        ), {once: true});
        film.currentTime = arguments[0];"""

    def rows_at(milliseconds):
        return tuple(page.driver.execute_async_script(shown, milliseconds / 1000))

    for cue in cues:
        assert rows_at((cue.start_ms + cue.end_ms) / 2) == cue.rows
        assert rows_at(cue.end_ms + 20) != cue.rows
        # Two hundredths before and behind its first frame.
        assert rows_at(cue.start_ms - 20) != cue.rows
        assert rows_at(cue.start_ms + 20) == cue.rows
    assert page.run("return document.querySelector('#captions em') === null")
    page.press("c")
    assert rows_at((cues[0].start_ms + cues[0].end_ms) / 2) == ()


def test_a_click_on_a_still_or_on_the_timeline_goes_there(page, shots):
    page.run("document.querySelectorAll('[data-shot]')[2].click()")
    assert frame_shown(page) == shots[2][0]
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    timeline = page.driver.find_element(By.ID, "timeline")
    ActionChains(page.driver).move_to_element(timeline).click().perform()
    length = shots[-1][0] + shots[-1][1]
    assert frame_shown(page) == pytest.approx(length / 2, abs=2)


def test_the_keys_are_told(page):
    page.press("?")
    assert page.run("return document.getElementById('keys').open")
    assert "next shot" in page.text("#keys")
    page.press(Keys.ESCAPE)
    assert not page.run("return document.getElementById('keys').open")
    page.press("j")
    assert page.run("return document.querySelector('[aria-current]').id") == "shot-2"


def test_every_shot_stands_there_with_its_words(page, shots):
    cards = page.run(
        "return [...document.querySelectorAll('.entry')].map((card) => card.textContent)"
    )
    assert len(cards) == len(shots)
    whole = " ".join(" ".join(cards).split())
    assert "MARA (not turning round) Is it really open?" in whole
    assert "TOM (O.S.) It was never shut & never < open." in whole
    assert "Mara waits by the door." in whole
    assert page.run("return document.querySelector('.line em').textContent") == "really"
    assert page.run("return document.title") == "Review: Review <b>me</b>"
    slugs = "return [...document.querySelectorAll('.slug')].map((slug) => slug.textContent.trim())"
    assert page.run(slugs)[1:] == ["1 INT. KITCHEN - DAY", "2 EXT. YARD - NIGHT"]
    stills = "return [...document.querySelectorAll('.still img')].map((i) => i.naturalWidth)"
    page.run("for (const i of document.images) i.loading = 'eager'")
    page.wait_for("return [...document.images].every((image) => image.complete)")
    assert page.run(stills) == [320] * len(shots)


def test_only_what_is_open_is_listed_on_demand(page):
    visible = "return [...document.querySelectorAll('.entry')].filter((c) => c.offsetHeight).length"
    everything = page.run(visible)
    page.run("document.getElementById('open-only').click()")
    assert 0 < page.run(visible) < everything


def test_it_can_be_used_without_seeing_it(page):
    tree = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = {}
    for node in tree:
        if not node.get("ignored"):
            name = node.get("name", {}).get("value", "")
            roles.setdefault(node["role"]["value"], []).append(name)
    assert {"banner", "main", "region"} <= roles.keys()
    assert {"Film", "Shots"} <= set(roles["region"])
    assert roles["slider"] == ["Position in the film"]
    for role in ("button", "slider", "checkbox"):
        assert all(roles[role]), role
    assert len(set(roles["button"])) == len(roles["button"])
    page.press(Keys.TAB)
    assert page.run("return document.activeElement.textContent") == "Skip to the shots"


def test_nothing_glides_for_who_wants_no_motion(page):
    behaviour = "return getComputedStyle(document.getElementById('shots')).scrollBehavior"
    assert page.run(behaviour) == "smooth"
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    assert page.run(behaviour) == "auto"
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_without_the_film_it_says_so_and_the_rest_works(window, build, tmp_path):
    shutil.copy(build / "review.html", tmp_path / "review.html")
    window.open(tmp_path / "review.html")
    window.wait_for("return !document.getElementById('lost').hidden")
    assert build.name in window.text("#lost")
    window.press("?")
    assert window.run("return document.getElementById('keys').open")
    assert any("ERR_FILE_NOT_FOUND" in text for text in window.complaints())
