"""Every rule of docs/determinism.md as an edit that takes it out, and the tests that notice.

Where no single rule keeps something out, a leak is planted instead: one that does not show unless
the surrounding is the other one, so that the plain test must stay green and the test of that
surrounding must turn red.
"""

from __future__ import annotations

from dataclasses import dataclass

PINNED = "tests/golden/test_golden.py::test_every_byte_is_as_pinned"
ON_NEHALEM = (
    "tests/golden/test_emulated.py::test_another_cpu_makes_programs_compute_the_same[Nehalem]"
)
SURROUNDED = "tests/golden/test_surroundings.py::test_this_surrounding_does_not_reach_the_film"
MOVED = (
    "tests/orchestrator/run/test_moved_show.py"
    "::test_a_show_that_was_copied_elsewhere_makes_nothing_again"
)
OPTIONS = "renderers/ffmpeg/profile_options.py"
CAPTIONS = "renderers/captions/ass.py"


@dataclass(frozen=True, slots=True)
class Edit:
    """One occurrence of `old` in a file becomes `new`."""

    path: str
    old: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A rule and how it is taken out; `red` are the tests that then fail, `green` the others.

    `red_anew` fail even when what this machine now makes is pinned first: they see that another
    machine makes something else.
    """

    name: str
    edits: tuple[Edit, ...]
    red: tuple[str, ...] = (PINNED,)
    green: tuple[str, ...] = ()
    red_anew: tuple[str, ...] = ()


def _option(
    name: str,
    first: str,
    *more: str,
    red: tuple[str, ...] = (PINNED,),
    red_anew: tuple[str, ...] = (),
) -> Removal:
    edits = tuple(Edit(OPTIONS, f"    {row}\n") for row in (first, *more))
    return Removal(name, edits, red, red_anew=red_anew)


def _leak(name: str, shows: str, red: str) -> Removal:
    """A comment in the captions, written only where `shows` is true."""
    last = '        "ScriptType": "v4.00+",\n'
    planted = f'{last}        **({{"Comment": "leak"}} if {shows} else {{}}),\n'
    return Removal(f"planted: {name}", (Edit(CAPTIONS, last, planted),), (red,), (PINNED,))


def _around(name: str) -> str:
    return f"{SURROUNDED}[{name}]"


REMOVALS = (
    _option(
        "cpu-independent=1",
        'Option("cpu-independent", "1", "the same decisions at every SIMD level"),',
        red=(PINNED, ON_NEHALEM),
    ),
    _option(
        "x264 threads=1",
        'Option("threads", "1", "as -threads, for the encoder\'s own count"),',
        'Option("-threads", "1", "each number of threads makes other pictures; shots run side by'
        ' side"),',
        red_anew=("tests/golden/test_emulated.py::test_one_core_makes_the_same_film",),
    ),
    _option(
        "scaler accurate_rnd, bitexact",
        'Option("accurate_rnd", "", "the same rounding in SIMD as in C"),',
        'Option("bitexact", "", "no code whose result depends on the CPU"),',
    ),
    _option(
        "-fflags +bitexact",
        'Option("-fflags", "+bitexact", "no encoder version or creation time in the container"),',
    ),
    _option("-map_metadata -1", 'Option("-map_metadata", "-1", "no names or dates of inputs"),'),
    Removal(
        "the noise of speech is seeded",
        (
            Edit(
                "renderers/speech/espeak_worker.py",
                "    engine.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))\n",
            ),
        ),
    ),
    Removal(
        "-cpuflags 0",
        (
            Edit(
                OPTIONS,
                '    Option(\n        *("-cpuflags", "0"),\n'
                '        "plain C code only: float audio code and some filters round otherwise at'
                ' each SIMD level",\n    ),\n',
            ),
        ),
        (ON_NEHALEM,),
    ),
    Removal(
        "one process a line",
        (
            Edit(
                "renderers/speech/espeak_worker.py",
                "    callback = _Callback(collect)\n",
                "    mute = _Callback(lambda wave, count, events: 0)\n"
                "    engine.espeak_SetSynthCallback(mute)\n"
                "    said = b'The line before.'\n"
                "    engine.espeak_Synth(said, len(said) + 1, 0, 1, 0, _UTF8, None, None)\n"
                "    engine.espeak_Synchronize()\n"
                "    callback = _Callback(collect)\n",
            ),
        ),
    ),
    Removal(
        "sorted JSON keys",
        (
            Edit(
                "schemas/canonical.py",
                "return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)",
                "return orjson.dumps(value)",
            ),
        ),
        (
            "tests/schemas/test_canonical.py::test_keys_are_sorted_and_nothing_is_escaped",
            PINNED,
        ),
    ),
    Removal(
        "a small environment for programs",
        (
            Edit(
                "orchestrator/seams/executor.py",
                "env=FIXED_ENVIRONMENT | dict(command.env)",
                "env={**os.environ, **dict(command.env)}",
            ),
        ),
        ("tests/orchestrator/seams/test_executor.py::test_the_environment_is_fixed",),
    ),
    Removal(
        "a private fontconfig",
        (
            Edit(
                "renderers/captions/burned.py",
                'return (("FONTCONFIG_FILE", _FONTCONFIG), ("FONTCONFIG_PATH", "."))',
                "return tuple(\n"
                "        each for each in __import__('os').environ.items()\n"
                "        if each[0] in ('HOME', 'FONTCONFIG_PATH', 'XDG_CONFIG_HOME')\n"
                "    )",
            ),
        ),
        (_around("home"),),
    ),
    Removal(
        "movement in whole numbers",
        (
            Edit(
                "renderers/pictures/sampling.py",
                "        height, width = self._picture.shape\n"
                "        rows = _positions(*down, height // self._copies, self._plane_height)\n",
                "        from PIL import Image\n"
                "        height, width = self._picture.shape\n"
                "        own, one = self._plane_height, height // self._copies\n"
                "        (top, tall), (left, wide) = down, across\n"
                "        box = (left / ONE, top / ONE, (left + wide) / ONE, (top + tall) / ONE)\n"
                "        for n in range(self._copies):\n"
                "            part = Image.fromarray(self._planes[n * own : (n + 1) * own])\n"
                "            part = part.resize((width, one), Image.Resampling.BILINEAR, box)\n"
                "            self._picture[n * one : (n + 1) * one] = np.asarray(part)\n"
                "        return\n"
                "        rows = _positions(*down, height // self._copies, self._plane_height)\n",
            ),
        ),
    ),
    Removal(
        "keys by digest, not by path",
        (
            Edit(
                "orchestrator/shows/library.py",
                '        inputs={"file": digest},\n        settings={',
                '        inputs={"file": digest},\n        settings={"path": str(file.path), ',
            ),
        ),
        (MOVED,),
        (PINNED,),
    ),
    Removal(
        "keys by digest, not by time",
        (
            Edit(
                "orchestrator/shows/library.py",
                '        inputs={"file": digest},\n        settings={',
                '        inputs={"file": digest},\n'
                '        settings={"time": file.path.stat().st_mtime_ns, ',
            ),
        ),
        (MOVED,),
        (PINNED,),
    ),
    Removal(
        "no path outside the show in an artifact",
        (
            Edit(
                "orchestrator/shows/show.py",
                "return self.source.relative_to(self.show).as_posix()",
                "return self.source.as_posix()",
            ),
        ),
    ),
    Removal(
        "results in the order of the items, not of their ends",
        (
            Edit(
                "orchestrator/run/context.py",
                "            return [future.result() for future in futures]\n",
                "            from concurrent.futures import as_completed\n"
                "            return [future.result() for future in as_completed(futures)]\n",
            ),
        ),
        (
            "tests/golden/test_surroundings.py::test_this_many_workers_make_the_same_film"
            "[workers_4]",
        ),
        (
            "tests/golden/test_surroundings.py::test_this_many_workers_make_the_same_film"
            "[workers_1]",
        ),
    ),
    Removal(
        "choices by digest, not by hash()",
        (
            Edit(
                "renderers/plates/choice.py",
                'digest = blake3(f"{question}\\x00{self.subject}".encode()).digest(8)\n'
                '        return int.from_bytes(digest, "big") % below',
                "return hash((question, self.subject)) % below",
            ),
        ),
        (_around("hash_seed"),),
    ),
    _leak("the time zone", '__import__("time").localtime(0).tm_hour', _around("timezone")),
    _leak(
        "the locale",
        '__import__("locale").getencoding().lower().replace("-", "") != "utf8"',
        _around("locale"),
    ),
    _leak(
        "the umask",
        '[m := __import__("os").umask(0), __import__("os").umask(m)][0] == 0o077',
        _around("umask"),
    ),
    _leak("the home", '"someone" in __import__("os").path.expanduser("~")', _around("home")),
    _leak("the user", '__import__("os").environ.get("USER") == "nobody"', _around("session")),
    _leak("the working folder", '"quotes" in __import__("os").getcwd()', _around("working_folder")),
    _leak(
        "the install folder",
        '"mlaut" in __file__',
        "tests/golden/test_surroundings.py"
        "::test_where_the_program_is_installed_does_not_reach_the_film[install_folder]",
    ),
    _leak(
        "the number of workers",
        '"4" in __import__("sys").argv',
        "tests/golden/test_surroundings.py::test_this_many_workers_make_the_same_film[workers_4]",
    ),
)
