"""The words that tell how somebody holds themselves: posture, gesture, and how they look."""

from __future__ import annotations

import re
from typing import Final

Rules = tuple[tuple[str, re.Pattern[str]], ...]


def _rules(*named: tuple[str, str]) -> Rules:
    return tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in named)


# Where somebody sits is read behind the verb.
SEATS: Final = _rules(
    (
        "sitting up in bed",
        r"(?:up )?in (?:the |a |his |her |their )?(?:\w+ )?bed|im bett|dans (?:le|son) lit"
        r"|en la cama",
    ),
    (
        "sitting on a sofa",
        r"(?:on|in|into) (?:the |a |an |his |her |their )?(?:\w+ )?(?:sofa|couch|armchair|settee"
        r"|easy chair)|auf (?:dem|das) sofa|im sessel|sur le canapé|en el sofá|sul divano",
    ),
    (
        "sitting on the ground",
        r"on (?:the |a |his |her )?(?:\w+ )?(?:floor|ground|grass|sand|rug|carpet|pavement|kerb"
        r"|curb|roof|beach|snow|earth|tiles|dirt)|cross-?legged|auf (?:dem|den) boden|par terre"
        r"|against (?:the|a) (?:\w+ )?(?:wall|tree|door)|en el suelo",
    ),
    (
        "sitting on a step",
        r"on (?:the |a |an )?(?:\w+ )?(?:steps?|stairs?|stoop|ledge|wall|rock|stone|log|crate|trunk"
        r"|edge|bollard|pier|quay|hood|bonnet|railing|windowsill|sill)|one step|auf (?:der|die)"
        r" (?:treppe|stufe)|sur (?:la|une) marche",
    ),
)

# The first that is found in a clause counts; what ends a posture stands before what begins one.
POSTURES: Final = _rules(
    (
        "standing",
        r"stands?|stood|standing|rises|climbs? out of"
        r"|gets? (?:up|out of (?:bed|the)|to (?:his|her|their) feet)"
        r"|leaps? up|jumps? up"
        r"|springs? up|straightens|steht|aufsteht|stehen|debout|se lève|se levanta|de pie|si alza"
        r"|in piedi",
    ),
    (
        "running",
        r"runs?|ran|running|sprints?|sprinting|races?|dash(?:es)?|bolts?|flees?|charges?"
        r"|hurr(?:y|ies)|rush(?:es)?|chases?|rennt|läuft|rennen|court|courent|corre|corren|corrono",
    ),
    (
        "lying in bed",
        r"(?:lies?|lying|lay|asleep|sleeps?|sleeping|awake|wakes?|stays?) "
        r"(?:(?!sit|seat|stand|perch)\w+ ){0,3}(?:in|on) (?:the |a |his |her |their |my )?(?:\w+ )?"
        r"(?:bed|bunk|cot|couch|sofa|mattress"
        r"|gurney|hammock|stretcher)|(?<!up )in bed|au lit",
    ),
    (
        "lying",
        r"lies(?! to\b)|lying(?! to\b)|lay|sprawl(?:s|ed|ing)?|stretched out|collapses|faints"
        r"|passe[sd] out|unconscious|asleep|sleeps|sleeping|falls asleep|(?:drops|falls) dead"
        r"|is dead|falls? (?:to|onto|on) the (?:floor|ground)"
        r"|liegt|liegen|schläft|allongée?|dort|acostad[oa]|duerme|sdraiat[oa]|dorme",
    ),
    (
        "kneeling",
        r"kneels?(?: down)?|kneeling|knelt|(?:drops?|falls?|sinks?|goes|gets?|is|are)(?: down)?"
        r" (?:to|on) (?:his|her|their|one|both) knees?|kniet|knien|à genoux|s'agenouille"
        r"|de rodillas"
        r"|si inginocchia|in ginocchio",
    ),
    (
        "crouching",
        r"crouch(?:es|ed|ing)?|squats?|squatting|hunkers|ducks|cowers|hides? (?:under|behind)|hockt"
        r"|kauert|accroupie?|s'accroupit|agachad[oa]|accovacciat[oa]",
    ),
    (
        "sitting",
        r"sits?|sat|sitting|seated|perch(?:es|ed)|slumps? (?:in|into|on|down)"
        r"|sinks? (?:in|into|onto"
        r"|down)|takes? (?:a|her|his|their) seat|drives?|driving|at the wheel|behind the wheel"
        r"|at (?:the|a|her|his|their) (?:\w+ )?(?:table|desk|piano|typewriter|computer|bench|loom)"
        r"|rows|sitzt|sitzen|setzt sich|assise?s?|s'assoit|s'assied|sentad[oa]s?|se sienta|seduto"
        r"|seduta|si siede|senta",
    ),
    (
        "walking",
        r"walks?|walking|strides?|strolls?|enters?|comes? (?:in|up|down|out|over|closer|back)"
        r"|leaves"
        r"|crosses(?! (?:his|her|their) arms)"
        r"|paces|pacing|wanders?|climbs?|marches|steps?|stumbles?|limps?|approaches|exits?"
        r"|storms? (?:in|out|off)|tiptoes?|creeps?|goes (?:to|in|out|over|up|down)"
        r"|heads? (?:for|to)"
        r"|geht|gehen|kommt|tritt|marche|entre|camina|entra|cammina|esce|caminha",
    ),
)

GESTURES: Final = _rules(
    (
        "on the phone",
        r"(?:on|into) (?:the |a |his |her )?(?:phone|telephone|receiver|mobile|cell)"
        r"|picks? up on|answers? the (?:tele)?phone|phones|dials|talks? on the|am telefon"
        r"|au téléphone|al teléfono|al telefono|ao telefone",
    ),
    (
        "head in hands",
        r"(?:head|face) in (?:his|her|their) hands|(?:buries|covers|hides) (?:his|her|their)"
        r" (?:face|eyes|head)|(?:facepalms|rubs (?:his|her) (?:eyes|temples|face))"
        r"|verbirgt das gesicht",
    ),
    (
        "hugging",
        r"hugs?|hugging|embraces?|embracing|arms around|in (?:his|her|their|each other's) arms"
        r"|kiss(?:es|ing)?|umarmt|umarmen|embrasse|s'embrassent|abraza|se abrazan|abbraccia|abraça",
    ),
    (
        "hands raised",
        r"hands (?:up|raised|in the air|above)|(?:raises?|throws up|lifts?) (?:his|her|their|both)"
        r" (?:hands|arms)|surrenders?|cheers?|celebrates?|hebt die hände|les mains en l'air"
        r"|manos arriba|mani in alto",
    ),
    (
        "waving",
        r"waves?(?! of\b)|waving|beckons|raises? (?:a|his|her) hand|salutes?|winkt|salue|saluda"
        r"|saluta",
    ),
    (
        "arms crossed",
        r"(?:arms|hands) (?:crossed|folded)|(?:crosses|folds) (?:his|her|their) arms|verschränkt"
        r"|bras croisés|brazos cruzados|braccia incrociate",
    ),
    (
        "hands on hips",
        r"hands? on (?:his|her|their) hips?|arms akimbo",
    ),
    (
        "praying",
        r"prays?|praying|hands (?:clasped|together)|betet|prie|reza|prega",
    ),
    (
        "pointing",
        r"points?(?! out\b)|pointing|gestures? (?:at|to|towards)|indicates|aims?|aiming|zeigt auf"
        r"|montre du doigt|señala|indica",
    ),
    (
        "turned",
        r"turns? (?:away|(?:his|her|their) back)|(?:his|her|their) back (?:to|turned)"
        r"|back to (?:the|us)|looks? out of the window|at the window|wendet sich ab|le dos tourné"
        r"|de espaldas",
    ),
    (
        "reaching",
        r"reach(?:es)?|reaching|opens?|knocks?|press(?:es)?|touch(?:es)?|push(?:es)?|pulls?"
        r"|grabs? at"
        r"|throws?|tosses|hits?|punch(?:es)?|slaps?|shakes? hands|offers?",
    ),
)

EXPRESSIONS: Final = _rules(
    (
        "crying",
        r"crying|cries(?! out\b)|weeps?|weeping|wept|sobs?|sobbing|in tears|tears|tearful"
        r"|breaks? down|weint|weinend|pleure|en larmes|llora|llorando|piange|chora",
    ),
    (
        "laughing",
        r"laugh(?:s|ing)?|giggl(?:es?|ing)|chuckl(?:es?|ing)|cackles?|lacht|lachend|rit|riant"
        r"|ríe|riendo|ridendo|rindo",
    ),
    (
        "furious",
        r"furious(?:ly)?|rag(?:es?|ing)|enraged|screams? at|screaming|yells?|yelling|shouts?"
        r"|shouting|roars?|livid|wütend|schreit|furieu(?:x|se)|crie|furios[oa]|grita|urla",
    ),
    (
        "afraid",
        r"afraid|terrified|frightened|scared|trembl(?:es?|ing)|panics?|panicked|horrified|cowers"
        r"|flinch(?:es)?|screams?|shak(?:es|ing) with fear|ängstlich|panisch|effrayée?|asustad[oa]"
        r"|spaventat[oa]",
    ),
    (
        "surprised",
        r"surprised|shocked|startled|stunned|astonished|amazed|gasps?|freezes|stares in|wide-?eyed"
        r"|überrascht|erschrickt|surprise?|sorprendid[oa]|sorpres[oa]",
    ),
    (
        "tired",
        r"tired(?:ly)?|exhausted|yawn(?:s|ing)?|wear(?:y|ily)|out of breath|drained|müde|erschöpft"
        r"|fatiguée?|épuisée?|cansad[oa]|stanc[oa]",
    ),
    (
        "asleep",
        r"asleep|sleeps|sleeping|eyes (?:closed|shut)|unconscious|schläft|dort|duerme|dorme",
    ),
    (
        "embarrassed",
        r"blush(?:es|ing)?|embarrassed|ashamed|sheepish(?:ly)?|errötet|rougit|se sonroja",
    ),
    (
        "happy",
        r"smil(?:es?|ing)|grin(?:s|ning)?|beam(?:s|ing)|happy|happily|delighted|cheers|lächelt"
        r"|sourit|souriante?|sonríe|sorride|sorri",
    ),
    (
        "angry",
        r"angry|angrily|glar(?:es?|ing)|scowl(?:s|ing)?|slams|snarls?|fumes|böse|zornig|énervée?"
        r"|enojad[oa]|arrabbiat[oa]",
    ),
    ("sad", r"sad(?:ly)?|grie(?:f|ves|ving)|heartbroken|mourn(?:s|ing)?|traurig|triste"),
    (
        "tense",
        r"frown(?:s|ing)?|nervous(?:ly)?|worried|anxious(?:ly)?|grim(?:ly)?|nervös|inquiète?",
    ),
)

HOLDS: Final = re.compile(
    r"\b(?:holds?|holding|held|carr(?:y|ies|ying)|clutch(?:es|ing)?|grips?|gripping|grabs?|takes?"
    r"|taking|picks up|picking up|lifts?|lifting|raises?|hugs?|hugging|cradl(?:es?|ing)|lights?"
    r"|lighting"
    r"|reads?|reading|eats?|eating|drinks?|drinking|sips?|sipping|smok(?:es?|ing)|pours?|swings?"
    r"|aims?|aiming|draws?|fires?|examin(?:es?|ing)|studies|studying|wields?|brandish(?:es)?"
    r"|unfolds?|folds?|coils?|hauls?|plays?|checks?|unloads?|unpacks|pulls out|takes out"
    r"|looks at (?:his|her|their)|stares at (?:his|her"
    r"|their)|points?|opens?|produces?|unwraps?|lugs?|drags?|bears?|weighs?|bounces?|with"
    r"|hält|halten|trägt|nimmt|liest|hebt|mit|tient|porte|prend|lit|avec|sostiene|lleva|toma|lee"
    r"|con|tiene|prende|legge|segura|leva|pega)\s+"
)
"""What takes a thing into the hands; which thing is told by the words behind."""

WITH: Final = frozenset({"with", "mit", "avec", "con"})
"""Of these, what needs a hand, a lap or a shoulder named behind the thing."""

ON_BODY: Final = re.compile(
    r"\b(?:in|on|over|under|round|around|across|at) (?:his|her|their|one|each|both|the)"
    r" (?:\w+ )?(?:hands?|arms?|laps?|knees?|shoulders?|fists?|fingers?|chests?|heads?|necks?)\b"
    r"|\b(?:in der hand|unter dem arm|auf den knien|à la main|sur les genoux|en la mano|in mano)\b"
)

LETS_GO: Final = re.compile(
    r"\b(?:puts? (?!(?:\w+ ){1,3}(?:to|against) (?:his|her|their)\b)"
    r"(?:it|them|the|her|his|down|away|back|in|on the)|sets? (?:it|them|the|her|his|down)"
    r"|drops? (?!to\b|on\b)|throws?|toss(?:es)?|lays? (?:it|them|the|down)|places? (?:it|the)"
    r"|(?<!his )(?<!her )(?<!their )hands (?!up|raised|crossed|folded|in|on)"
    r"|gives? (?:it|him|her|them|the)|passes (?:it|the)"
    r"|slides? (?:it|the)|lets? go|hangs? (?:up|it)|releases|pockets|legt|stellt|lässt|gibt|pose"
    r"|lâche|donne|deja|suelta|da|posa|lascia)\b"
)

GIVES: Final = re.compile(r"\b(?:hands|gives|passes|offers|throws|tosses|reicht|gibt|tend|da)\s+")

IDIOMS: Final = re.compile(
    r"\b(?:runs? (?:a|an|one|his|her|their|the|out of|late)\b|running (?:shoes|water|late|joke)"
    r"|in charge|charges? (?:a|his|her|their|the)\b|bolts? the|the dash(?:board)?"
    r"|(?:in|to|of|the) court|(?:a|the) (?:race|run|chase|rush|sprint|dash)"
    r"|drives? (?:a|his|her|their|the) (?:knife|nail|stake|blade|sword|wedge|dagger|spear)s?"
    r"|drives? \w+ (?:crazy|mad|nuts|insane)|rows of"
    r"|(?:sitting|living|standing|waiting|walking|sleeping) (?:room|order|ovation|stick|bag|pills?)"
    r"|is dead (?=tired|serious|set|right|certain|sure|wrong|calm|quiet)"
    r"|leaves (?:a|an|it|some|(?:his|her|their|the) (?:letter|note|key|keys|bag|book|money|tip))\b"
    r"|crosses (?:(?:his|her|their) (?:legs|fingers)|himself|herself|off|out)"
    r"|enters? (?:a|his|her|the) (?:code|password|number|pin|name|data|combination)"
    r"|tears (?:the|up|a|it|open|off|out|into|at|down|through|apart)\b"
    r"|opens? (?:his|her|their) (?:eyes?|mouth)|the (?:waves?|ducks)|stares in(?:to)? (?:the|a)\b)"
)
"""What holds a word of the tables above and says nothing of how anybody holds themselves."""

PERCEIVES: Final = re.compile(
    r"\b(?:sees|watches|watching|finds|spots|notices|hears|catches|discovers|recognizes|checks on"
    r"|picks up|(?:looks?|stares?|glances?|gazes?|peers?|smiles?|nods?)(?: \w+)? at)\b"
)
"""Behind these stands whoever, or whatever, is seen to do something."""

NEGATION: Final = re.compile(
    r"\b(?:not|never|no longer|without|doesn't|don't|isn't|won't|can't|refuses"
    r"|almost|nearly|about to|wants to|tries to|nicht|kein\w*|sans|pas|sin|senza)\b"
)
# As a subject or before what is theirs; `beside her` is said of somebody else.
SHE: Final = re.compile(
    r"\b(?:she|hers|herself|elle|ella|ihren?|her(?! (?:and|as|at|away|down|from|in|into|off|on|out"
    r"|over|to|up|while|with)\b)(?= \w))\b"
)
HE: Final = re.compile(r"\b(?:he|his|himself|il|él|er|seinen?)\b")
THEY: Final = frozenset({"they", "both", "everyone", "everybody", "all", "ils", "elles", "ellos"})
SUBJECTS: Final = frozenset({"she", "he", "they", "both", "elle", "il", "ella", "él", "er", "sie"})
