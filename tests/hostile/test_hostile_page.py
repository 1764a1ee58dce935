"""Texts that would be markup, script or a request are only ever words on the review page."""

import unicodedata

import pytest

from tests.browser import browser
from tests.hostile.shows import json_show
from tests.hostile.strings import hostile
from tests.orchestrator.show_on_disk import pipeline

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
TEXTS = 24


def seen(text):
    """As a browser keeps it: NUL and lone carriage returns become others, spaces are one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_every_text_is_shown_as_it_is_and_none_of_them_acts(tmp_path, traps):
    more = (
        "</script><script>document.title='owned'</script>",
        "</style><svg onload=\"document.title='owned'\">",
        '"><img src=x onerror="document.title=\'owned\'">',
        "{{ 7 * 7 }}{% raw %} <!-- ]]>",
        "&lt;b&gt; &amp;#x27;",
        "\u2028\u2029 ' + alert(1) + '",
    )
    texts = [*(hostile(number, traps.bait) for number in range(TEXTS)), *more]
    show = tmp_path / "show"
    ended = pipeline("run", json_show(show, texts, traps), "--quiet", timeout=1800)
    assert ended.code == 0, ended.err
    page = show / "builds" / "s01e01" / "review.html"
    with browser() as window:
        window.open(page)
        window.wait_for("return document.getElementById('film').readyState >= 2")
        window.press("j")
        assert window.complaints() == []
        assert {url.split("/")[-1] for url in window.requests()} == {"review.html", "s01e01.mp4"}
        assert seen(window.run("return document.title")).startswith(seen(f"Review: {texts[0]}"))
        slugs = window.run("return [...document.querySelectorAll('h3')].map((h) => h.textContent)")
        assert [seen(slug) for slug in slugs[-len(texts) :]] == [
            seen(f"INT. {text}") for text in texts
        ]
        words = seen(window.text("#shots"))
        for text in texts:
            assert seen(text) in words, text
        cues = window.run("return JSON.parse(document.getElementById('data').textContent).cues")
        said = seen(" ".join(part for cue in cues for row in cue["rows"] for part, _ in row))
        assert said.count("owned") >= 3
        assert window.run("return [...document.scripts].length") == 2
        assert window.run("return document.querySelectorAll('img:not(.still img)').length") == 0
    traps.check(show, ended)
