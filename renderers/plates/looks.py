"""How a character looks: always the same for the same id, in every shot and episode."""

from __future__ import annotations

from dataclasses import dataclass

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
    desdemona cordelia"""
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
    height_permille: int
    jaw_permille: int


def look_of(character_id: str) -> Look:
    """The look that belongs to a character id."""
    choose = Chooser(character_id)
    words = frozenset(words_of(character_id))
    soft, rough = bool(words & _SOFT_WORDS), bool(words & _ROUGH_WORDS)
    age = "old" if words & _OLD_WORDS else "child" if words & _YOUNG_WORDS else "adult"
    if age == "adult" and choose.chance("is old", 12):
        age = "old"
    styles = SOFT_STYLES if soft else SHORT_STYLES if rough else ANY_STYLES
    hair_style = choose.pick("hair style", styles)
    if rough and age != "child" and choose.chance("bald", 14):
        hair_style = "bald"
    bearded = rough and age != "child" and choose.chance("beard", 45)
    hat = choose.pick("hat", ("cap", "beanie", "brim")) if choose.chance("wears a hat", 14) else ""
    tops = ("shirt", "sweater", "jacket", "hoodie", "striped", "coat", "cardigan")
    return Look(
        skin=choose.pick("skin", SKINS),
        hair=choose.pick("hair", GREY_HAIR if age == "old" else HAIR_COLOURS),
        hair_style=hair_style,
        top=choose.pick("top", TOPS),
        top_style=choose.pick("top style", tops),
        bottom=choose.pick("bottom", BOTTOMS),
        skirt=soft and choose.chance("skirt", 35),
        accent=choose.pick("accent", ACCENTS),
        glasses=choose.chance("glasses", 30 if age == "old" else 16),
        beard=choose.pick("beard style", ("full", "moustache", "goatee")) if bearded else "",
        hat=hat,
        age=age,
        width_permille=choose.spread("width", 900, 1130) - (60 if soft else 0),
        height_permille=760 if age == "child" else choose.spread("height", 945, 1040),
        jaw_permille=choose.spread("jaw", 900, 1080) - (40 if soft else 0),
    )
