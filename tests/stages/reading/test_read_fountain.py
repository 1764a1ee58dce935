"""Fountain, rule by rule: what each line of a screenplay becomes."""

from __future__ import annotations

import pytest

from schemas.errors import PipelineError
from schemas.script import Action, Dialogue, Element, Note, Script, Span, plain_text
from stages.reading.read_fountain import read_fountain


def read(text: str, language: str = "") -> Script:
    return read_fountain(text, "e.fountain", language)


def told(element: Element) -> str:
    """An element in short: its kind, its line and its words."""
    if isinstance(element, Dialogue):
        said = plain_text(element.spans)
        how = f" ({element.parenthetical})" if element.parenthetical else ""
        return f"{element.source.line} {element.speaker}{how}: {said}"
    if isinstance(element, Action) or element.kind == "lyric":
        return f"{element.source.line} {element.kind}: {plain_text(element.spans)}"
    return f"{element.source.line} {element.kind}: {getattr(element, 'text', '')}"


def body(text: str) -> list[str]:
    """Every element of a script, scenes run together."""
    return [told(element) for scene in read(text).scenes for element in scene.elements]


def dialogues(text: str) -> list[Dialogue]:
    elements = [element for scene in read(text).scenes for element in scene.elements]
    return [element for element in elements if isinstance(element, Dialogue)]


class TestTitlePage:
    def test_values_over_several_lines_stay_as_written(self) -> None:
        script = read(
            "Title:\n    _**BRICK & STEEL**_\n    _**FULL RETIRED**_\nCredit: Written by\n"
            "Contact:\n\tNext Level\n\t93463: CA\n\nINT. HOUSE - DAY\n"
        )
        assert [(entry.key, entry.values) for entry in script.title_page] == [
            ("Title", ("_**BRICK & STEEL**_", "_**FULL RETIRED**_")),
            ("Credit", ("Written by",)),
            ("Contact", ("Next Level", "93463: CA")),
        ]
        assert script.scenes[0].source.line == 9

    @pytest.mark.parametrize(
        "first",
        [
            "INT. HOUSE: NIGHT",
            "FADE IN:",
            "MARA: Hello there.",
            "Narrator: Once upon a time",
            "CUT TO:",
        ],
    )
    def test_a_colon_in_the_first_line_alone_makes_none(self, first: str) -> None:
        script = read(f"{first}\n\nINT. HOUSE - DAY\n\nMARA\nHi.\n")
        assert script.title_page == ()

    def test_it_may_be_indented_whole_and_have_lines_that_are_not(self) -> None:
        script = read("    Title: A\n    Author: B\n\nX.\n")
        assert [entry.key for entry in script.title_page] == ["Title", "Author"]
        script = read("Title: A\nContact: a.com\nb.com/c\n\nX.\n")
        assert script.title_page[1].values == ("a.com", "b.com/c")

    def test_a_scene_heading_right_below_ends_it(self) -> None:
        script = read("Title: A\nINT. HOUSE - DAY\n\nMARA\nHi.\n")
        assert (len(script.title_page), script.scenes[0].scene_id) == (1, "int_house_day")


class TestSceneHeadings:
    @pytest.mark.parametrize(
        ("line", "setting", "location", "time"),
        [
            ("INT. HOUSE - KITCHEN - NIGHT", "INT", "HOUSE - KITCHEN", "NIGHT"),
            ("ext house - day", "EXT", "house", "day"),
            ("EST. CITY – DAWN", "EXT", "CITY", "DAWN"),
            ("INT./EXT. CAR — MOMENTS LATER", "INT_EXT", "CAR", "MOMENTS LATER"),
            ("INT/EXT CAR (MOVING) - DAY", "INT_EXT", "CAR (MOVING)", "DAY"),
            ("EXT./INT. CAR", "INT_EXT", "CAR", ""),
            ("I/E. CAR - CONTINUOUS", "INT_EXT", "CAR", "CONTINUOUS"),
            ("INT. CLUB - NIGHT CLUB", "INT", "CLUB - NIGHT CLUB", ""),
            ("INT. HOUSE - DAY - LATER", "INT", "HOUSE", "DAY - LATER"),
            ("INT. HOUSE - DAY - FLASHBACK", "INT", "HOUSE", "DAY - FLASHBACK"),
            ("INT. HOUSE - THE NEXT MORNING (1882)", "INT", "HOUSE", "THE NEXT MORNING (1882)"),
            ("INT. HOUSE. NIGHT", "INT", "HOUSE", "NIGHT"),
            ("INT. COZINHA / DIA", "INT", "COZINHA", "DIA"),
            ("INT. CUISINE - NUIT", "INT", "CUISINE", "NUIT"),
            ("EXT. STRASSE - SPÄTER ABEND", "EXT", "STRASSE", "SPÄTER ABEND"),
            ("INNEN. KÜCHE - NACHT", "INT", "KÜCHE", "NACHT"),
            ("AUSSEN STRASSE - TAG", "EXT", "STRASSE", "TAG"),
            ("INTÉRIEUR/EXTÉRIEUR VOITURE - JOUR", "INT_EXT", "VOITURE", "JOUR"),
            ("ИНТ. КВАРТИРА – КУХНЯ – ДЕНЬ", "INT", "КВАРТИРА – КУХНЯ", "ДЕНЬ"),
            ("НАТ. УЛИЦА - НОЧЬ", "EXT", "УЛИЦА", "НОЧЬ"),
            ("INT.\u00a0HOUSE\u00a0- DAY", "INT", "HOUSE", "DAY"),
            ("**INT. HOUSE - DAY**", "INT", "HOUSE", "DAY"),
            (".EXT: Garten", "EXT", "Garten", ""),
            (".SNIPER SCOPE POV", "", "SNIPER SCOPE POV", ""),
        ],
    )
    def test_taken_apart(self, line: str, setting: str, location: str, time: str) -> None:
        slug = read(f"{line}\n\nX.\n").scenes[0].slug
        assert (slug.setting, slug.location_name, slug.time_of_day) == (setting, location, time)

    @pytest.mark.parametrize(
        "line",
        [
            ". NOT A HEADER", "...and so on", "..TWO DOTS", ".", "INTO THE SEA",
            "EXTRA", "Est ce que tu viens", "ESTATE SALE", "INNEN IST ES KALT",
        ],
    )  # fmt: skip
    def test_other_lines_are_none(self, line: str) -> None:
        script = read(f"{line}\n\nX.\n")
        assert [scene.slug.text for scene in script.scenes] == [""]

    def test_scene_numbers_and_stable_ids(self) -> None:
        script = read(
            "INT. HOUSE - DAY #1A#\n\nA.\n\nINT. HOUSE - DAY\n\nB.\n\nINT. HOUSE - DAY\n\n"
            "C.\n\n.FINALE #I-1-A#\n\nD.\n"
        )
        assert [(scene.scene_id, scene.number) for scene in script.scenes] == [
            ("sc-1A", "1A"), ("int_house_day", None), ("int_house_day-2", None),
            ("sc-I-1-A", "I-1-A"),
        ]  # fmt: skip
        assert script.scenes[0].slug.text == "INT. HOUSE - DAY"
        assert script.scenes[0].slug.location_id == "house"

    @pytest.mark.parametrize(
        "before",
        ["", "\ufeff", "/* gone */\n", "/*\ngone\n*/\n", "/* gone */ ", "= a summary\n", "# Act\n",
         "===\n", "[[note]]\n", "X.\n/* gone */\n", "MARA\nHi.\n[[note]]\n", "MARA\nHi.\n  \n",
         "CUT TO:\n"],
    )  # fmt: skip
    def test_recognised_after(self, before: str) -> None:
        script = read(f"{before}INT. HOUSE - DAY\n= what happens\n\nX.\n")
        assert script.scenes[-1].slug.text == "INT. HOUSE - DAY"

    def test_within_a_speech_or_paragraph_it_is_words(self) -> None:
        assert body("MARA\n(reading)\nINT. HOUSE - DAY\nSounds dull.\n") == [
            "1 MARA (reading): INT. HOUSE - DAY\nSounds dull."
        ]

    def test_one_that_can_be_nothing_else_needs_no_empty_line_above(self) -> None:
        script = read(
            "INT. HOUSE - DAY\nX.\nEXT. GARDEN - NIGHT\nY.\n\nMARA\nHi.\nINT. CELLAR - DAY\nZ.\n"
        )
        assert [s.scene_id for s in script.scenes] == [
            "int_house_day", "ext_garden_night", "int_cellar_day",
        ]  # fmt: skip
        assert len(body("INT. HOUSE - DAY\n\nX.\nint. the lower room - day\nEXT. GARDEN\n")) == 1

    def test_text_before_the_first_is_an_implied_scene(self) -> None:
        script = read("A voice.\n\nMARA\nHi.\n\nINT. HOUSE - DAY\n\nX.\n")
        assert [(s.scene_id, s.slug.text, s.source.line) for s in script.scenes] == [
            ("opening", "", 1), ("int_house_day", "INT. HOUSE - DAY", 6),
        ]  # fmt: skip

    def test_outline_and_cuts_before_the_first_belong_to_it(self) -> None:
        script = read("# Act\n\n= sum\n\n[[note]]\n\nFADE IN:\n\nINT. HOUSE - DAY\n\nX.\n")
        assert len(script.scenes) == 1
        kinds = [element.kind for element in script.scenes[0].elements]
        assert kinds == ["section", "synopsis", "note", "transition", "action"]


class TestAction:
    def test_paragraphs_keep_breaks_and_indents(self) -> None:
        assert body("One.\n  Two.\n\tThree.\n\n\n        Four.\n") == [
            "1 action: One.\n  Two.\n    Three.",
            "6 action:         Four.",
        ]

    def test_forced(self) -> None:
        assert body("!SCANNING THE AISLES...\nWhere is it?\n\n!INT. NOT A SCENE\n") == [
            "1 action: SCANNING THE AISLES...\nWhere is it?",
            "4 action: INT. NOT A SCENE",
        ]

    def test_centered(self) -> None:
        script = read("> THE END <\n>FINE<\n\nX.\n")
        first = script.scenes[0].elements[0]
        assert isinstance(first, Action)
        assert (first.centered, plain_text(first.spans)) == (True, "THE END\nFINE")

    def test_capitals_with_nothing_below_are_action(self) -> None:
        assert body("BOOM\n\nSILENCE\n   \nX.\n") == [
            "1 action: BOOM", "3 action: SILENCE", "5 action: X.",
        ]  # fmt: skip


class TestCues:
    @pytest.mark.parametrize(
        ("line", "name", "extensions"),
        [
            ("MARA", "MARA", ()),
            ("MARA (V.O.) (CONT'D)", "MARA", ("V.O.", "CONT'D")),
            ("HANS (on the radio)", "HANS", ("on the radio",)),
            ("MARA(V.O.)", "MARA", ("V.O.",)),
            ("MARA\u00a0(O.S.)", "MARA", ("O.S.",)),
            ("MARA (V.O.", "MARA", ("V.O.",)),
            ("3CPO", "3CPO", ()),
            ("R2D2", "R2D2", ()),
            ("COP #2", "COP #2", ()),
            ("ÉLISE D'ARC", "ÉLISE D'ARC", ()),
            ("МАША", "МАША", ()),
            ("ΑΝΝΑ", "ΑΝΝΑ", ()),
            ("ANNA/BERT", "ANNA/BERT", ()),
            ("VOICE: RADIO", "VOICE: RADIO", ()),
            ("MARA:", "MARA", ()),
            ("ROBERTO:", "ROBERTO", ()),
            ("DR. O'NEIL-SMITH", "DR. O'NEIL-SMITH", ()),
            ("GROßE FRAU", "GROßE FRAU", ()),
            ("McCLANE", "McCLANE", ()),
            ("@McAvoy (V.O.)", "McAvoy", ("V.O.",)),
            ("@李明", "李明", ()),
            ("**MARA**", "MARA", ()),
            ("    MARA", "MARA", ()),
            ("\tMARA (O.S.)", "MARA", ("O.S.",)),
        ],
    )
    def test_recognised(self, line: str, name: str, extensions: tuple[str, ...]) -> None:
        (speech,) = dialogues(f"{line}\n\tHello.\n")
        assert (speech.speaker, speech.extensions, plain_text(speech.spans)) == (
            name, extensions, "Hello.",
        )  # fmt: skip

    @pytest.mark.parametrize(
        "line",
        ["CUT TO:", "(mid-line) CUT TO:", "FADE IN:", "23", "...", "(LATER)", "Mara",
         "CLOSE ON: A GUN", "ANGLE ON MARA", "他走了", "אבא הולך", "北京 CCTV 大楼"],
    )  # fmt: skip
    def test_other_lines_are_none(self, line: str) -> None:
        assert dialogues(f"{line}\nHello.\n") == []

    def test_names_without_capitals_are_known_once_forced_or_listed(self) -> None:
        forced = dialogues("@李\n你好\n\n李\n再见\n\n他走了\n雨\n")
        assert [plain_text(line.spans) for line in forced] == ["你好", "再见"]
        listed = dialogues("Title: 影\nCharacters: 李、王\n\n王\n你好\n\n她\n走\n")
        assert [line.speaker for line in listed] == ["王"]

    def test_speaker_id_is_the_name_without_extensions(self) -> None:
        ids = {line.speaker_id for line in dialogues("MARA VOSS (V.O.)\nA.\n\n@Mara Voss\nB.\n")}
        assert ids == {"mara_voss"}


class TestDialogue:
    def test_every_line_in_order(self) -> None:
        assert body("MARA\nOne.\n  Two.  \n\tThree.\n\nX.\n") == [
            "1 MARA: One.\nTwo.\nThree.", "6 action: X.",
        ]  # fmt: skip

    def test_a_blank_line_of_two_spaces_keeps_it_going(self) -> None:
        assert body("DEALER\nTen.\n  \nHit or stand?\n\nJON\nDude.\n") == [
            "1 DEALER: Ten.\n\nHit or stand?",
            "6 JON: Dude.",
        ]

    def test_lines_that_look_like_something_else_are_said(self) -> None:
        said = "OK...\nSTOP\n.45 calibre\n#1 fan\n= equals\n> arrow\n!bang\n@home\nCUT TO:"
        assert body(f"MARA\n{said}\n") == [f"1 MARA: {said}"]

    def test_parentheticals_anywhere(self) -> None:
        lines = dialogues("MARA\n(soft)\nOne.\n(beat)\n(rises)\nTwo (really).\n(exits)\n")
        assert [
            (x.parenthetical, plain_text(x.spans), x.continues, x.source.line) for x in lines
        ] == [
            ("soft", "One.", False, 1),
            ("beat", "", True, 4),
            ("rises", "Two (really).", True, 5),
            ("exits", "", True, 7),
        ]

    def test_a_parenthetical_over_two_lines_and_one_never_closed(self) -> None:
        assert body("MARA\n(looks\naway)\nHi.\n") == ["1 MARA (looks away): Hi."]
        assert body("MARA\n(looks\naway\nHi.\n") == ["1 MARA: (looks\naway\nHi."]
        assert body("MARA\n(beat) Hi (you)\n") == ["1 MARA (beat): Hi (you)"]

    def test_sung_lines_in_a_speech(self) -> None:
        lines = dialogues("MARA\nListen.\n~La la\n~lo\nNice?\n")
        assert [(plain_text(x.spans), x.sung, x.continues) for x in lines] == [
            ("Listen.", False, False), ("La la\nlo", True, True), ("Nice?", False, True),
        ]  # fmt: skip

    def test_dual_dialogue_points_both_ways(self) -> None:
        one, two, three, four = dialogues("MARA\nA.\n(beat)\nB.\n\nJON ^\nC.\n(beat)\nD.\n")
        assert (one.dual_with, two.dual_with) == (three.line_id, four.line_id)
        assert (three.dual_with, four.dual_with) == (one.line_id, two.line_id)

    def test_dual_needs_a_speech_right_before(self) -> None:
        assert [x.dual_with for x in dialogues("MARA\nA.\n\nShe sits.\n\nJON^\nB.\n")] == [
            None,
            None,
        ]
        assert [x.dual_with for x in dialogues("JON ^\nB.\n")] == [None]

    def test_line_ids_come_from_the_words(self) -> None:
        lone = dialogues("MARA\nYes.\n")[0].line_id
        assert lone.startswith("mara-")
        assert len(lone) == len("mara-") + 8
        many = [x.line_id for x in dialogues("JON\nNo.\n\nMARA\nYes.\n\nMARA\nYes.\n\nMARA\nNo.\n")]
        assert many[1:3] == [lone, f"{lone}-2"]
        assert len(set(many)) == 4

    def test_a_page_break_does_not_end_it(self) -> None:
        assert body("MARA\nOne.\n===\nTwo.\n") == ["1 MARA: One.\nTwo.", "3 page_break: "]


class TestOneLiners:
    def test_transitions(self) -> None:
        assert body(
            "X.\n\nSMASH CUT TO:\n\n> Fade out\n\nFADE OUT.\n\nFADE IN:\n\nÜBERGANG TO:\n"
        ) == [
            "1 action: X.",
            "3 transition: SMASH CUT TO:",
            "5 transition: Fade out",
            "7 transition: FADE OUT.",
            "9 transition: FADE IN:",
            "11 transition: ÜBERGANG TO:",
        ]

    def test_sections_synopses_page_breaks_lyrics(self) -> None:
        text = "X.\n\n# Act\n\n### Deep\n= sum\n\n====\n\n~Willy Wonka!\n~Again!\n"
        assert body(text) == [
            "1 action: X.", "3 section: Act", "5 section: Deep", "6 synopsis: sum",
            "8 page_break: ", "10 lyric: Willy Wonka!", "11 lyric: Again!",
        ]  # fmt: skip


class TestNotesAndBoneyards:
    def test_notes_are_lifted_out_of_the_words(self) -> None:
        assert body(
            "MARA\nHi [[really?]], you. [[a\nb]]\nBye.\n[[alone]]\nStill.\n\nX [[n]] y.\n"
        ) == [
            "1 MARA: Hi, you.\nBye.\nStill.",
            "2 note: really?",
            "2 note: a\nb",
            "5 note: alone",
            "8 action: X y.",
            "8 note: n",
        ]

    def test_a_note_ends_at_an_empty_line_unless_it_holds_two_spaces(self) -> None:
        assert body("[[one\n  \ntwo]]\n\nX.\n") == ["1 note: one\n\ntwo", "5 action: X."]
        assert body("[[one\n\ntwo]]\n") == ["1 action: [[one", "3 action: two]]"]

    def test_boneyards_are_left_out_wherever_they_stand(self) -> None:
        text = "MARA\nHi /* no */there.\n/* out\n\nout */\nYou.\n\nAh/*\n\nX.\n\n*/Be\n"
        assert body(text) == ["1 MARA: Hi there.\nYou.", "8 action: Ah\nBe"]

    def test_a_boneyard_never_closed_loses_nothing(self) -> None:
        assert body("A /* b\n\nMARA\nHi.\n") == ["1 action: A /* b", "3 MARA: Hi."]

    def test_a_cue_may_have_a_note_below_it_or_beside_it(self) -> None:
        assert body("MARA [[who?]]\n[[sick]]\nHi.\n") == [
            "1 MARA: Hi.",
            "1 note: who?",
            "2 note: sick",
        ]


class TestLineEnds:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
    def test_each_kind_counts_lines_alike(self, end: str) -> None:
        lines = ["Title: A", "", "INT. B - DAY", "", "MARA", "Hi.", "There.", "", "X."]
        script = read(end.join(lines))
        assert [told(element) for element in script.scenes[0].elements] == [
            "5 MARA: Hi.\nThere.", "9 action: X.",
        ]  # fmt: skip

    def test_mixed_and_with_form_feeds(self) -> None:
        assert body("MARA\r\nOne.\rTwo.\x85Three.\x0c\nFour.\n\x0c\nX.\n\n\x0cY.") == [
            "1 MARA: One.\nTwo.\nThree.\nFour.",
            "7 action: X.",
            "9 action: Y.",
        ]

    def test_white_space_that_is_no_space_is_blank(self) -> None:
        assert body("A.\n\u00a0\nMARA\nHi.\n\u200b\nB.\n") == [
            "1 action: A.",
            "3 MARA: Hi.",
            "6 action: B.",
        ]


class TestFacts:
    def test_declared_in_notes(self) -> None:
        script = read(
            "INT. PIER - DAY\n\n[[canon: Mara Voss.status = dead; "
            "ship.crew.captain -> O'Neil ]]\n\n"
            "MARA\nHi. [[Canon: mara.mood=bad\nmara.Home Town -> Oslo]]\n"
        )
        found = [
            (f.subject, f.attribute, f.value, f.change, f.scene_id, f.source.line)
            for f in script.facts
        ]
        assert found == [
            ("mara_voss", "status", "dead", False, "int_pier_day", 3),
            ("ship.crew", "captain", "O'Neil", True, "int_pier_day", 3),
            ("mara", "mood", "bad", False, "int_pier_day", 6),
            ("mara", "home_town", "Oslo", True, "int_pier_day", 7),
        ]
        notes = [x.text for x in script.scenes[0].elements if isinstance(x, Note)]
        assert len(notes) == 2

    @pytest.mark.parametrize(
        "note", ["[[canon: mara is dead]]", "[[canon: mara = dead]]", "[[canon:]]",
                 "[[canon: .x = 1]]",
                 "[[canon: mara.status =]]", "[[canon: mara.status = dead"],
    )  # fmt: skip
    def test_a_malformed_one_is_refused_with_its_line(self, note: str) -> None:
        with pytest.raises(PipelineError) as refusal:
            read(f"X.\n\n{note}\n")
        assert (refusal.value.code, refusal.value.where) == ("canon-note", "e.fountain:3")
        assert "[[canon:" in refusal.value.hint


class TestWholeScripts:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " \n\t\n\ufeff",
            "Title: A\nAuthor: B\n",
            "[[only a note]]\n",
            "# Act\n\n= sum\n\n===\n",
            "/* all */",
        ],
    )
    def test_nothing_to_film_is_refused(self, text: str) -> None:
        with pytest.raises(PipelineError) as refusal:
            read(text)
        assert refusal.value.code == "empty-screenplay"
        assert "slug line" in refusal.value.hint

    def test_without_a_slug_line_it_is_one_implied_scene(self) -> None:
        script = read("MARA\nHi.\n\nJON\nHo.\n")
        assert [(s.scene_id, s.slug.text, len(s.elements)) for s in script.scenes] == [
            ("opening", "", 2)
        ]

    def test_text_no_artifact_can_hold_is_refused(self) -> None:
        for text, code in (("X\n\0", "not-a-screenplay"), ("X\n\ud800", "wrong-encoding")):
            with pytest.raises(PipelineError) as refusal:
                read(text)
            assert (refusal.value.code, refusal.value.where) == (code, "e.fountain:2")

    def test_tags_come_from_parentheticals_alone(self) -> None:
        script = read("X.\n\nMARA\n(whispering, nervous)\nI am so angry!\n\nINT. B\n\nSad.\n")
        assert [scene.emotional_tags for scene in script.scenes] == [("quiet", "tense"), ()]

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("MARA\nI don't know what you are talking about.\n", "en"),
            ("MARA\nLa la la.\n", "en"),
            ("MARA\nJe ne sais pas ce que vous dites, et toi ?\n", "fr"),
            ("MARA\nIch weiß nicht, was du meinst und ob das gut ist.\n", "de"),
            ("MARA\nNo sé lo que quieres, pero ya está.\n", "es"),
            ("MARA\nNon so cosa vuoi, ma va bene così per me.\n", "it"),
            ("MARA\nEu não sei o que você quer, mas está bem.\n", "pt"),
            ("MARA\nIk weet niet wat je wilt, maar het is goed.\n", "nl"),
            ("MARA\nNie wiem co to jest, ale tak.\n", "pl"),
            ("MARA\nJag vet inte vad du vill, men det är bra.\n", "sv"),
            ("МАША\nЯ не знаю.\n", "ru"),
            ("МАРІЯ\nЯ не знаю, що це таке і чому.\n", "uk"),
            ("@李\n我不知道\n", "zh"),
            ("@松尾\n法律に違反の貴様\n", "ja"),
            ("@אבא\nאני לא יודע\n", "he"),
            ("Title: A\nLanguage: Français\n\nMARA\nHello you.\n", "fr"),
            ("Title: A\nLanguage: pt_br\n\nMARA\nHello you.\n", "pt-BR"),
        ],
    )
    def test_language(self, text: str, language: str) -> None:
        assert read(text).language == language
        assert read(text, "nl").language == "nl"

    def test_emphasis_is_kept_as_styled_runs(self) -> None:
        (line,) = dialogues("MARA\nI *do* **not**, _ever_.\n")
        assert line.spans == (
            Span(text="I "), Span(text="do", italic=True), Span(text=" "),
            Span(text="not", bold=True), Span(text=", "),
            Span(text="ever", underline=True), Span(text="."),
        )  # fmt: skip


class TestDirectionsBesideTheWords:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("(quietly) Come in.", "1 MARA (quietly): Come in."),
            ("(笑) 行こう。", "1 MARA (笑): 行こう。"),
            ("(555) 0123 is the number.", "1 MARA: (555) 0123 is the number."),
            ("(I think) he left.", "1 MARA: (I think) he left."),
            ("Come (quietly) in.", "1 MARA: Come (quietly) in."),
        ],
    )
    def test_what_is_done_is_not_said(self, line: str, told: str) -> None:
        assert body(f"MARA\n{line}\n") == [told]

    def test_in_the_middle_of_a_speech_it_begins_a_part(self) -> None:
        assert body("MARA\nCome in.\n(turning away) Sit.\nDown.\n") == [
            "1 MARA: Come in.",
            "3 MARA (turning away): Sit.\nDown.",
        ]


class TestWhatIsNeitherSeenNorHeard:
    @pytest.mark.parametrize(
        "text",
        [
            "FLASHBACK:",
            "FLASHBACK",
            "BEGIN FLASHBACK",
            "END OF FLASHBACK",
            "END FLASHBACK.",
            "DREAM SEQUENCE:",
            "END DREAM SEQUENCE",
            "END INTERCUT",
            "FIN DU FLASHBACK",
            "ENDE DER RÜCKBLENDE",
            "CUT TO BLACK",
            "FONDU AU NOIR",
        ],
    )
    def test_a_frame_or_a_cut_without_its_colon_is_a_transition(self, text: str) -> None:
        assert body(f"INT. HALL - DAY\n\n{text}\n\nDust.\n") == [
            f"3 transition: {text}",
            "5 action: Dust.",
        ]

    @pytest.mark.parametrize("text", ["MEMORY", "COUPE", "DREAM", "THE END OF A DREAM"])
    def test_a_word_that_may_be_a_name_is_none(self, text: str) -> None:
        assert body(f"INT. HALL - DAY\n\n{text}\nDust.\n") == [f"3 {text}: Dust."]

    @pytest.mark.parametrize("text", ["---", "***", "* * *", "– – –", "~~~", "_____"])
    def test_a_row_of_marks_is_a_page_break(self, text: str) -> None:
        assert body(f"INT. HALL - DAY\n\n{text}\n\nDust.\n") == [
            "3 page_break: ",
            "5 action: Dust.",
        ]

    def test_a_silence_of_dots_is_seen(self) -> None:
        assert body("INT. HALL - DAY\n\n...\n") == ["3 action: ..."]
