"""How a character looks: always the same for the same id, in every shot and episode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from renderers.plates.choice import Chooser
from renderers.plates.ink import Colour
from renderers.plates.words import words_of

SKINS: tuple[Colour, ...] = (
    (250, 216, 190), (242, 198, 166), (228, 178, 140), (206, 152, 112), (176, 122, 86),
    (142, 94, 66), (108, 70, 52),
)  # fmt: skip
HAIR_COLOURS: tuple[Colour, ...] = (
    (44, 34, 36), (66, 44, 36), (98, 62, 42), (138, 88, 50), (192, 142, 78), (166, 78, 44),
    (58, 46, 60),
)  # fmt: skip
GREY_HAIR: tuple[Colour, ...] = ((198, 196, 192), (160, 156, 154), (226, 222, 214))
TOPS: tuple[Colour, ...] = (
    (188, 74, 58), (66, 104, 128), (224, 168, 78), (92, 122, 92), (122, 84, 116), (228, 218, 196),
    (58, 66, 92), (206, 122, 84), (84, 132, 130), (150, 62, 74), (176, 152, 108), (104, 112, 124),
)  # fmt: skip
BOTTOMS: tuple[Colour, ...] = (
    (62, 66, 88),
    (84, 70, 62),
    (96, 98, 104),
    (58, 54, 60),
    (120, 98, 74),
)
ACCENTS: tuple[Colour, ...] = ((240, 226, 196), (232, 178, 88), (196, 80, 62), (72, 108, 118))

SOFT_STYLES = ("bob", "long", "bun", "ponytail", "curls", "fringe")
SHORT_STYLES = ("short", "parted", "crop", "tousled", "curly_top", "swept")
ANY_STYLES = ("short", "parted", "bob", "tousled", "curls", "bun", "swept", "fringe")


# Words and common first names that tell how a writer most likely sees someone; only a hint for
# hair and beard, and an unknown name gets a look without either.
def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SOFT_WORDS = _set(
    """mrs ms miss madam madame mme mlle mademoiselle frau fraulein senora senorita signora lady
    woman femme mujer girl fille nina madchen mother mum mom mama mere mutter madre grandmother
    grandma oma abuela sister soeur schwester hermana queen reine konigin reina princess nurse
    aunt tante tia wife daughter waitress actress anna anne marie maria mara sara sarah emma julia
    julie lena lea clara eva eve nora lucia sofia sophie alice rosa ruth helen helene jane elena
    ines carmen olga mia zoe chloe laura claire camille louise jeanne ingrid greta hanna hannah
    martha margaret kate lily rose grace ellen iris vera dora ada ida
    sandy odile sylvie tiffany tifanie karine mireille monique nathalie valerie veronique sabine
    ursula monika petra birgit heike katrin katharina elisabeth susanne andrea emily emma olivia
    charlotte amelia mary elizabeth susan linda barbara jessica ashley amanda melissa stephanie
    rebecca rachel raquel beatriz juliana fernanda mariana isabel isabella ana luisa pilar dolores
    giulia francesca chiara anya natasha irina tatiana svetlana yuki sakura hanako witch sorciere
    hexe bruja voyante epouse ehefrau esposa cassandra medea antigone ophelia juliet juliette
    desdemona cordelia agnes agatha edith beatrice gertrude hilda oda mathilde irma"""
)
_ROUGH_WORDS = _set(
    """mr sir monsieur herr senor signor lord man homme hombre mann boy garcon nino junge father
    dad papa pere vater padre grandfather grandpa opa abuelo brother frere bruder hermano king roi
    konig rey prince uncle onkel oncle tio husband son waiter captain sergeant sheriff guard
    fisherman priest tom tomas thomas john jack jean paul peter pierre pedro max karl carl hans
    jonas jonah luis louis marc mark martin michael miguel david daniel ben sam henry henri hugo
    james george georg jorge frank otto emil anton antoine leo leon oskar oscar victor walter
    bruno felix simon ivan joseph jose josef adam noah elias theo arthur
    benjamin serge philippe michel jacques francois gerard alain didier thierry nicolas julien
    youri yuri boris dmitri sergei vladimir igor brick dick dan danny bob bobby bill billy jim
    jimmy joe johnny mike nick steve steven kevin brian gary larry jerry terry ron don ken greg
    jeff scott eric erik alex andrew andreas stefan wolfgang klaus dieter uwe jurgen rolf heinz
    fritz ludwig matthias tobias lukas jan sven robert richard charles william harry edward roger
    ralph stanley barry macbeth hamlet romeo othello lear duncan banquo faust carlos juan diego
    fernando rafael manuel antonio ricardo joao paulo marco luca giovanni giuseppe mario luigi
    roberto lorenzo kenji hiroshi takeshi ivo milan sultan magician julius caesar"""
)
_OLD_WORDS = _set(
    """old elder grandmother grandma grandfather grandpa oma opa abuela abuelo vieux vieille alt
    alte alter viejo vieja"""
)
_YOUNG_WORDS = _set(
    """boy girl kid child baby little enfant garcon fille kind junge madchen nino nina teen petit
    petite young"""
)


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a figure that does not depend on the shot."""

    skin: Colour
    hair: Colour
    hair_style: str
    top: Colour
    top_style: str
    bottom: Colour
    skirt: bool
    accent: Colour
    glasses: bool
    beard: str
    hat: str
    age: str
    width_permille: int
    head_permille: int
    body_permille: int
    bent: int
    jaw_permille: int


Said = tuple[tuple[str, str], ...]
"""What is known of someone's looks, by name: `age` in years, `hair`, `beard`, `glasses`."""

# Up to this age in years: the sizes of head and body in 1/1000 of a grown-up's, so that the whole
# is as tall as the WHO's median of that age (girls and boys) against 168 cm.
_SIZES: tuple[tuple[int, int, int], ...] = (
    (1, 760, 400),
    (3, 850, 512),
    (5, 880, 608),
    (7, 910, 680),
    (9, 930, 755),
    (11, 950, 830),
    (13, 970, 910),
    (15, 980, 974),
)
_ALWAYS_YOUNG, _ALWAYS_OLD = 9, 72
_HAIR_SAID: dict[str, Colour] = {
    "grey": (172, 168, 166),
    "white": (226, 222, 214),
    "black": (44, 34, 36),
    "brown": (98, 62, 42),
    "blond": (212, 168, 98),
    "red": (178, 82, 44),
}
_OLD_SOFT = ("bun", "bob", "curls", "short")
_OLD_ROUGH = ("crop", "swept", "bald", "parted", "bald")
_CHILD_SOFT = ("ponytail", "bob", "fringe", "curls")
_CHILD_ROUGH = ("tousled", "crop", "curly_top", "fringe")


@lru_cache(maxsize=256)
def look_of(character_id: str, said: Said = ()) -> Look:
    """The look that belongs to a character id, as far as nothing else is said."""
    choose, told = Chooser(character_id), dict(said)
    words = frozenset(words_of(character_id))
    soft, rough = bool(words & _SOFT_WORDS), bool(words & _ROUGH_WORDS)
    years = _years(words, told)
    age = _age(years)
    hair_style = _hair_style(choose, told, age, soft=soft, rough=rough)
    bearded = rough and age not in {"child", "teen"} and choose.chance("beard", 45)
    beard = choose.pick("beard style", ("full", "moustache", "goatee")) if bearded else ""
    hat = choose.pick("hat", ("cap", "beanie", "brim")) if choose.chance("wears a hat", 14) else ""
    tops = ("shirt", "sweater", "jacket", "hoodie", "striped", "coat", "cardigan")
    if age == "old":
        tops = ("cardigan", "shirt", "sweater", "coat", "cardigan", "jacket", "sweater")
        hat = "" if hat == "beanie" or "hair" in told else hat
    elif age == "child":
        tops = ("striped", "sweater", "hoodie", "striped", "hoodie", "shirt", "sweater")
        hat = "" if "hair" in told else hat
    head, body = _sizes(choose, years, age)
    return Look(
        skin=choose.pick("skin", SKINS),
        hair=_hair_colour(choose, told, age),
        hair_style=hair_style,
        top=choose.pick("top", TOPS),
        top_style=choose.pick("top style", tops),
        bottom=choose.pick("bottom", BOTTOMS),
        skirt=soft and choose.chance("skirt", 35),
        accent=choose.pick("accent", ACCENTS),
        glasses="glasses" in told or choose.chance("glasses", 45 if age == "old" else 16),
        beard=told.get("beard", beard),
        hat=hat,
        age=age,
        width_permille=choose.spread("width", 900, 1130) - (60 if soft else 0),
        head_permille=head,
        body_permille=body,
        bent={"old": 9 + (years > 70) * 5}.get(age, 0),
        jaw_permille=1060 if age == "child" else choose.spread("jaw", 900, 1080) - 40 * soft,
    )


def _years(words: frozenset[str], told: Mapping[str, str]) -> int:
    """Said, or told by a name such as OLD FISHERMAN or BOY; 0 for a grown-up of unknown age."""
    if "age" in told:
        return max(int(told["age"]), 1)
    return _ALWAYS_OLD if words & _OLD_WORDS else _ALWAYS_YOUNG if words & _YOUNG_WORDS else 0


def _age(years: int) -> str:
    if not years:
        return "adult"
    stages = ((12, "child"), (17, "teen"), (44, "adult"), (59, "middle"))
    return next((name for most, name in stages if years <= most), "old")


def _sizes(choose: Chooser, years: int, age: str) -> tuple[int, int]:
    spread = choose.spread("height", 945, 1040)
    if age == "old":
        spread = spread * (965 if years < 75 else 935) // 1000
    if years:
        for most, head, body in _SIZES:
            if years <= most:
                return head, body
    return spread, spread


def _hair_style(
    choose: Chooser, told: Mapping[str, str], age: str, *, soft: bool, rough: bool
) -> str:
    if told.get("hair") == "bald":
        return "bald"
    styles: tuple[str, ...] = SOFT_STYLES if soft else SHORT_STYLES if rough else ANY_STYLES
    if age == "old":
        styles = _OLD_SOFT if soft else _OLD_ROUGH if rough else _OLD_SOFT
    elif age == "child":
        styles = _CHILD_SOFT if soft else _CHILD_ROUGH
    style = choose.pick("hair style", styles)
    if rough and "hair" not in told and age in {"adult", "middle"} and choose.chance("bald", 14):
        return "bald"
    return "crop" if style == "bald" and "hair" in told else style


def _hair_colour(choose: Chooser, told: Mapping[str, str], age: str) -> Colour:
    if told.get("hair") in _HAIR_SAID:
        return _HAIR_SAID[told["hair"]]
    if age == "old":
        return choose.pick("hair", GREY_HAIR)
    colour = choose.pick("hair", HAIR_COLOURS)
    if age != "middle":
        return colour
    # The first grey: a third of the way.
    return (
        (2 * colour[0] + 168) // 3,
        (2 * colour[1] + 164) // 3,
        (2 * colour[2] + 162) // 3,
    )
