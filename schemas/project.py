"""Project (plan §5.1): the settings of a show. Every field has a default."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, StrictInt

from schemas.artifact import Artifact, Count, Flag, Frozen
from schemas.timing import FrameRate

Aspect = Literal["16:9", "9:16", "1:1"]
# x264 and 4:2:0 want even sizes; 7680 is 8K UHD (ITU-R BT.2020).
PictureSide = Annotated[StrictInt, Field(ge=64, le=7680, multiple_of=2)]


class Format(Frozen):
    """Picture size in pixels, frame rate, and the aspect it was chosen for."""

    width: PictureSide = 1280
    height: PictureSide = 720
    fps: FrameRate = FrameRate(num=24)
    aspect: str = "16:9"


Engine = Literal["espeak", "openai", "elevenlabs", "piper", "recorded", "none"]


class Voice(Frozen):
    """A voice. `name` is the engine's own (for espeak-ng: `en-gb+f3`); empty chooses one.

    `pitch` 0 to 99 and `rate_wpm` 80 to 450 words a minute are espeak-ng's own scales. `engine`
    speaks in place of the show's own; empty leaves it at that.
    """

    name: str = ""
    pitch: Annotated[StrictInt, Field(ge=0, le=99)] | None = None
    rate_wpm: Annotated[StrictInt, Field(ge=80, le=450)] | None = None
    engine: Literal["", "espeak", "openai", "elevenlabs", "piper", "recorded"] = ""


class Pronunciation(Frozen):
    """How a written word is said. Captions keep the word as it is written.

    `say` is a respelling for every engine; `phonemes` are espeak-ng's own mnemonics, which it
    prefers. `language` (BCP 47) limits the entry to scripts of that language; `match_case` to the
    word with these very capitals.
    """

    word: Annotated[str, Field(min_length=1, max_length=100)]
    say: Annotated[str, Field(max_length=200)] = ""
    phonemes: Annotated[str, Field(max_length=200, pattern=r"^[ -Z\\^-~]*$")] = ""
    language: str = ""
    match_case: Flag = False


class SpeechService(Frozen):
    """An OpenAI-compatible speech service: POST `base_url`/audio/speech.

    `voices` are given to characters whom `casting` gives none. `microusd_per_1000_chars` is what
    1000 characters are booked with when the service is not on this machine.
    """

    base_url: str = "https://api.openai.com/v1"
    model: str = "tts-1"
    voices: Annotated[tuple[str, ...], Field(min_length=1)] = (
        *("alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer"),
    )
    microusd_per_1000_chars: Count = 15_000


Percent = Annotated[StrictInt, Field(ge=0, le=100)]


class ElevenLabs(Frozen):
    """Speech by ElevenLabs: POST `base_url`/v1/text-to-speech/VOICE/with-timestamps.

    `voices` are ids, given to characters whom `casting` gives none; an account has its own.
    `stability_percent` and the others are the service's voice settings in 1/100 (its speed from 0.7
    to 1.2). `microusd_per_1000_chars` is the price of the account's plan; while it is None it is
    guessed, and a quarter more is put aside.
    """

    base_url: str = "https://api.elevenlabs.io"
    model: str = "eleven_multilingual_v2"
    voices: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,64}$")], ...] = ()
    seed: Annotated[StrictInt, Field(ge=0, le=4_294_967_295)] = 1
    stability_percent: Percent = 50
    similarity_percent: Percent = 75
    style_percent: Percent = 0
    speed_percent: Annotated[StrictInt, Field(ge=70, le=120)] = 100
    speaker_boost: Flag = True
    microusd_per_1000_chars: Count | None = None


class Loudness(Frozen):
    """Delivery targets: integrated loudness in 1/100 LUFS (ITU-R BS.1770), peak in 1/100 dBTP."""

    target_centilufs: Annotated[StrictInt, Field(ge=-4000, le=-500)] = -1400
    true_peak_max_centidbtp: Annotated[StrictInt, Field(ge=-1000, le=0)] = -100


# Netflix Timed Text Style Guide, English: reading speed for adults and for children.
ADULT_CHARS_PER_SECOND: Final = 20
CHILD_CHARS_PER_SECOND: Final = 17


class CaptionStyle(Frozen):
    """Captions; the limits default to the adult ones of the Netflix Timed Text Style Guide.

    `highlight` marks each word while it is spoken; `sdh` names the speaker at every change
    and says in brackets what else is heard.
    """

    burn_in: Flag = False
    highlight: Flag = False
    sdh: Flag = False
    max_line_chars: Annotated[StrictInt, Field(ge=8, le=80)] = 42
    max_lines: Annotated[StrictInt, Field(ge=1, le=4)] = 2
    max_chars_per_second: Annotated[StrictInt, Field(ge=4, le=60)] = ADULT_CHARS_PER_SECOND


class TargetDuration(Frozen):
    """The window an episode should fall in, in seconds; 0 means no limit."""

    min_s: Count = 0
    max_s: Count = 0


class CostPolicy(Frozen):
    """Spend rules for external providers, in US cents. No budget means no external call.

    A day is one of UTC; a `max_day_budget_cents` of 0 sets no limit of its own.
    """

    max_run_budget_cents: Count = 0
    max_day_budget_cents: Count = 0
    approval: Literal["auto", "threshold", "manual"] = "manual"
    threshold_cents: Count = 0


class ProviderSetup(Frozen):
    """How a show uses one HQ provider; everything has a default in the provider's own table row.

    `model` overrides the model of every quality level. `command` makes this a program of the
    show's own; `workflow` is ComfyUI's workflow file, relative to the show. `look_every_ms` is how
    often a job is asked about, None for the provider's own pace.
    """

    model: str = ""
    base_url: str = ""
    command: tuple[str, ...] = ()
    workflow: str = ""
    look_every_ms: Count | None = None
    give_up_after_s: Annotated[StrictInt, Field(ge=1)] = 1200


class Routing(Frozen):
    """Which providers may make a shot, after the one that the profile names (plan §12).

    `local_only` asks nobody outside this machine, `local_preferred` tries local ones of `order`
    first, `api_only` only outside ones, `explicit` takes `order` as it is written.
    """

    policy: Literal["local_only", "local_preferred", "api_only", "explicit"] = "explicit"
    order: tuple[str, ...] = ()


class HumanCheckpoints(Frozen):
    """Review gates (plan §27). All off when a show says nothing about them."""

    approve_canon_diff: Flag = False
    approve_character_packs: Flag = False
    approve_shotlist_timing_lock: Flag = False
    approve_external_spend: Flag = False


Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]


GRADES: Final = ("neutral", "warm", "cool", "vintage", "cinematic", "vibrant")


class Watermark(Frozen):
    """A mark in a corner of every picture: `image`, a file of the show, or `text`.

    `height_percent` is of the film's height, `opacity_percent` how much of the mark is seen.
    """

    text: Annotated[str, Field(max_length=60)] = ""
    image: str = ""
    corner: Corner = "top_right"
    height_percent: Annotated[StrictInt, Field(ge=2, le=25)] = 5
    opacity_percent: Annotated[StrictInt, Field(ge=1, le=100)] = 60


EndCard = Literal["auto", "always", "never"]
Inserts = Literal["auto", "asked"]
ThemeName = Literal["storyboard", "ink", "pencil", "noir", "pastel"]
HexColour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Theme(Frozen):
    """How drawn pictures look, by a named manner and the show's own changes to it.

    `palette` are colours that drawn ones are pulled to; `line` and `paper` what the darkest and
    the lightest become; `line_percent` the width of lines, of what the plain manner draws. Empty
    and None leave it to the manner.
    """

    name: ThemeName = "storyboard"
    palette: Annotated[tuple[HexColour, ...], Field(max_length=16)] = ()
    line: HexColour | Literal[""] = ""
    paper: HexColour | Literal[""] = ""
    line_percent: Annotated[StrictInt, Field(ge=30, le=300)] | None = None


STORYBOARD: Final = Theme()


class Picture(Frozen):
    """The look of the whole show. `grade` is a named one or a .cube file of the show."""

    theme: Theme = STORYBOARD
    grade: str = "neutral"
    watermark: Watermark | None = None


class Project(Artifact):
    """A show's settings, with every default filled in."""

    SCHEMA: ClassVar[str] = "Project/1.6.0"

    id: str
    title: str = ""
    genre: str = ""
    visual_style: str = ""
    language: str = ""
    format: Format = Format()
    target_duration: TargetDuration = TargetDuration()
    rating: str = ""
    render_profiles: tuple[str, ...] = ("preview_local",)
    continuity_mode: Literal["strict", "flag", "off"] = "strict"
    voice: Engine = "espeak"
    casting: dict[str, Voice] = Field(default_factory=dict)
    speech: SpeechService = SpeechService()
    elevenlabs: ElevenLabs = ElevenLabs()
    pronunciations: tuple[Pronunciation, ...] = ()
    cost_policy: CostPolicy = CostPolicy()
    providers: dict[str, ProviderSetup] = Field(default_factory=dict)
    routing: Routing = Routing()
    human_checkpoints: HumanCheckpoints = HumanCheckpoints()
    safety_mode: Literal["fail_closed", "warn_only"] = "fail_closed"
    music: Literal["library", "generated", "none"] = "library"
    stems: Flag = True
    loudness: Loudness = Loudness()
    captions: CaptionStyle = CaptionStyle()
    fonts: tuple[str, ...] = ()
    placeholder_tag: Flag = True
    end_card: EndCard = "auto"
    inserts: Inserts = "auto"
    picture: Picture = Picture()
    local_asset_license: str = "proprietary_cleared"
