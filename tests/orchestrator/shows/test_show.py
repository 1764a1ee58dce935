"""From what a person types to an episode, its show and its checkpoint folder."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.shows.show import find_episode, show_of_build
from schemas.errors import PipelineError
from tests.orchestrator.show_on_disk import SHORT, make_show


@pytest.fixture
def show(tmp_path, monkeypatch):
    make_show(tmp_path / "show")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "show"


def refused(typed) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        find_episode(Path(typed))
    return caught.value


def test_an_episode_knows_its_show_and_its_build(show):
    place = find_episode(Path("show/episodes/s01e01.fountain"))
    assert place.show == show
    assert place.name == "episodes/s01e01.fountain"
    assert place.build == show / "builds" / "s01e01"


def test_a_screenplay_alone_is_its_own_show(tmp_path):
    (tmp_path / "pilot.txt").write_text(SHORT)
    place = find_episode(tmp_path / "pilot.txt")
    assert (place.show, place.name, place.episode_id) == (tmp_path, "pilot.txt", "pilot")
    assert place.settings.project.id == "pilot"


@pytest.mark.parametrize(
    ("typed", "problem", "hint"),
    [
        (
            "show/episodes/s01e02.fountain",
            "there is no such file",
            "did you mean show/episodes/s01e01.fountain?",
        ),
        ("show/s01e01.fountain", "there is no such file", "show/episodes/s01e01.fountain"),
        ("show/episodes/s01e01", "there is no such file", "show/episodes/s01e01.fountain"),
        ("show/episodes/finale.fountain", "no such file", "there is show/episodes/s01e01.fountain"),
        ("show", "this is a folder", "there is show/episodes/s01e01.fountain"),
        ("show/episodes", "this is a folder", "there is show/episodes/s01e01.fountain"),
        ("elsewhere/s01e01.fountain", "there is no folder elsewhere", "check the path"),
        (".", "this is a folder", "an episode is a .fountain file"),
        ("show/project.yaml", "settings of a show", "there is show/episodes/s01e01.fountain"),
        ("/dev/null", "not a regular file", "give a file"),
    ],
)
def test_what_is_not_an_episode_is_told_with_what_may_be_meant(show, typed, problem, hint):
    error = refused(typed)
    assert problem in error.problem
    assert hint in error.hint
    assert error.where == typed
    assert error.exit_code == 1


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("draft.pdf", "`.pdf`"),
        ("draft.docx", "`.docx`"),
        ("draft.fdx", "`.fdx`"),
        ("draft", "a name without ending"),
        (".fountain", "a name without ending"),
    ],
)
def test_other_kinds_of_files_are_to_be_exported(tmp_path, name, ending):
    (tmp_path / name).write_text("anything")
    error = refused(tmp_path / name)
    assert error.code == "not-a-screenplay"
    assert error.problem.startswith(f"{ending} is not one of .fountain ")
    assert "export" in error.hint


def test_a_link_inside_the_show_is_an_episode_of_its_own_name(show):
    (show / "drafts").mkdir()
    (show / "drafts" / "third.fountain").write_text(SHORT)
    (show / "episodes" / "s01e02.fountain").symlink_to("../drafts/third.fountain")
    place = find_episode(show / "episodes" / "s01e02.fountain")
    assert (place.episode_id, place.name) == ("s01e02", "episodes/s01e02.fountain")


def test_a_link_out_of_the_show_is_refused(show, tmp_path):
    (tmp_path / "private.fountain").write_text(SHORT)
    link = show / "episodes" / "s01e02.fountain"
    link.symlink_to(tmp_path / "private.fountain")
    error = refused(link)
    assert error.code == "outside-show"
    assert str(tmp_path / "private.fountain") in error.problem
    assert "copy the file into" in error.hint


@pytest.mark.parametrize("target", ["nowhere.fountain", "loop.fountain"])
def test_a_link_to_nothing_says_where_it_points(show, target):
    link = show / "episodes" / "loop.fountain"
    link.symlink_to(target)
    assert refused(link).problem == f"this is a link to {target}, which is not there"


def test_a_folder_reached_through_a_link_is_the_same_show(show, tmp_path):
    (tmp_path / "shortcut").symlink_to(show)
    assert find_episode(tmp_path / "shortcut" / "episodes" / "s01e01.fountain").show == show


@pytest.mark.parametrize(
    ("name", "episode"),
    [
        ("my épisode 名.fountain", "my_épisode_名"),
        ("-x.fountain", "x"),
        ("..fountain", "episode"),
        ("...fountain", "episode"),
        ("a:b?*.fountain", "a_b"),
        ("s01e01.v2.fountain", "s01e01.v2"),
        ("__init__.fountain", "init"),
        ("$(rm -rf ~).fountain", "rm_-rf"),
    ],
)
def test_any_name_makes_a_folder_one_can_type(tmp_path, name, episode):
    (tmp_path / name).write_text(SHORT)
    assert find_episode(tmp_path / name).episode_id == episode


def test_long_names_keep_their_beginning_and_stay_apart(tmp_path):
    names = ["e" * 240 + last for last in "ab"]
    found = []
    for name in names:
        (tmp_path / f"{name}.fountain").write_text(SHORT)
        found.append(find_episode(tmp_path / f"{name}.fountain").episode_id)
    assert len(set(found)) == 2
    assert all(episode.startswith("e" * 100) and len(episode) <= 120 for episode in found)


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_no_name_leads_out_of_the_builds(stem):
    from orchestrator.shows.show import _episode_id

    episode = _episode_id(Path(f"{stem}.fountain"))
    assert Path(episode).name == episode
    assert episode[0] not in ".-"
    assert 1 <= len(episode.encode()) <= 120


def test_a_name_that_is_no_text_is_refused_before_anything_is_made(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.fountain")
    Path(name).write_text(SHORT)
    error = refused(name)
    assert error.code == "file-name"
    assert "rename" in error.hint
    assert not (tmp_path / "builds").exists()


def test_a_build_knows_its_show(show):
    (show / "builds" / "s01e01").mkdir(parents=True)
    assert show_of_build(Path("show/builds/s01e01")) == show


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("show", "did you mean show/builds/s01e01?"),
        ("show/builds", "did you mean show/builds/s01e01?"),
        ("show/builds/s01e01/s01e01.mp4", "did you mean show/builds/s01e01?"),
        ("s01e01", "for example my-show/builds/s01e01"),
    ],
)
def test_what_is_not_a_build_is_told_with_what_may_be_meant(show, typed, hint):
    (show / "builds" / "s01e01").mkdir(parents=True)
    with pytest.raises(PipelineError) as caught:
        show_of_build(Path(typed))
    assert caught.value.code == "not-a-build"
    assert hint in caught.value.hint
