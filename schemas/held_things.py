"""The things that a drawn picture can show, by the words that scripts have for them.

`ShotCharacter.holding` names one of them, and an insert of one is drawn instead of lettered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# The first that matches wins: what is special stands before what is general.
THINGS: Final[dict[str, str]] = {
    "phone": "phone telephone smartphone mobile cellphone handy téléphone teléfono móvil celular "
    "telefon telefono portable iphone",
    "receiver": "receiver handset hörer combiné auricular",
    "keys": "key keys keyring schlüssel clé clés llave llaves chiave chiavi chave",
    "letter": "letter envelope telegram brief umschlag lettre enveloppe carta lettera busta",
    "newspaper": "newspaper newspapers zeitung journal periódico giornale jornal magazine",
    "photo": "photo photograph photos picture polaroid foto snapshot portrait postcard",
    "book": "book books diary notebook bible novel ledger script buch heft tagebuch livre carnet "
    "libro cuaderno libretto quaderno livro passport album menu scrapbook textbook",
    "laptop": "laptop tablet ipad keyboard computer",
    "paper": "paper papers note map document documents page pages list contract file folder card "
    "ticket receipt minutes leaflet zettel papier blatt karte billet papel nota foglio cheque",
    "lantern": "lantern lamp lantern's laterne lampe lanterne linterna farol lanterna",
    "torch": "torch flashlight taschenlampe torche",
    "candle": "candle candlestick kerze bougie vela candela",
    "bucket": "bucket pail eimer seau cubo balde secchio",
    "cup": "cup mug teacup coffee tea tasse becher taza tazza xícara cocoa",
    "glass": "glass wineglass whisky whiskey wine beer pint drink champagne cocktail glas verre "
    "vaso copa bicchiere copo martini",
    "bottle": "bottle flask vial flasche bouteille botella bottiglia garrafa syringe medicine",
    "bread": "bread loaf toast sandwich biscuit cake cookie brot kuchen pain gâteau pane pão "
    "baguette burger pizza pie bun croissant pastry",
    "apple": "apple orange pear peach fruit apfel pomme manzana mela maçã tomato",
    "plate": "plate tray bowl dish teller tablett assiette plateau plato bandeja piatto soup pan "
    "pot kettle teapot",
    "gun": "gun pistol revolver weapon handgun pistole waffe pistolet pistola revólver arma",
    "rifle": "rifle shotgun gewehr fusil escopeta fucile",
    "knife": "knife dagger blade scalpel messer couteau cuchillo coltello faca scissors razor "
    "screwdriver",
    "sword": "sword sabre saber lightsaber schwert épée espada spada",
    "axe": "axe ax hatchet axt hache hacha hammer wrench hammer's tool spanner crowbar shovel "
    "spade",
    "stick": "stick cane staff broom club bat crutch stock bâton bastón bastone oar pole mop",
    "umbrella": "umbrella parasol regenschirm schirm parapluie paraguas ombrello",
    "suitcase": "suitcase briefcase case trunk koffer aktenkoffer valise maleta valigia mala "
    "luggage",
    "bag": "bag handbag purse backpack rucksack sack satchel tasche beutel sac bolsa bolso borsa "
    "duffel basket toolbox",
    "box": "box boxes crate parcel package carton present gift chest casket kiste karton paket "
    "schachtel boîte caisse colis caja paquete scatola pacco caixa",
    "flowers": "flower flowers bouquet rose roses blume blumen strauß fleurs flores fiori",
    "rope": "rope cable cord line's seil tau corde cuerda corda hose chain whip leash",
    "camera": "camera camcorder kamera fotoapparat cámara",
    "microphone": "microphone mic mike mikrofon micro micrófono",
    "radio": "radio walkie-talkie transistor recorder tape cassette",
    "watch": "watch stopwatch clock alarm uhr wecker montre reloj orologio relógio compass",
    "coin": "coin coins münze pièce moneda moneta moeda medal badge token",
    "money": "money cash banknote banknotes bills geld argent dinero soldi dinheiro wallet",
    "ring": "ring necklace bracelet anneau anillo anello anel locket pendant",
    "cigarette": "cigarette cigar joint zigarette cigarrillo sigaretta cigarro pipe",
    "pen": "pen pencil brush stift pinsel stylo crayon pluma lápiz penna caneta marker chalk",
    "guitar": "guitar violin ukulele banjo gitarre geige guitare violon guitarra chitarra",
    "ball": "ball football basketball balle ballon pelota palla bola globe orb",
    "doll": "doll teddy bear puppet toy puppe teddybär poupée muñeca bambola boneca",
    "baby": "baby infant newborn säugling bébé bebé neonato",
    "hat": "hat cap helmet hut helm chapeau casque sombrero casco cappello chapéu crown",
    "shoe": "shoe shoes slipper boot boots schuh schuhe chaussure zapato scarpa sapato sneaker",
    "mirror": "mirror spiegel miroir espejo specchio espelho",
    "mask": "mask maske masque máscara maschera",
    "skull": "skull schädel crâne calavera teschio crânio",
    "cloth": "cloth towel blanket scarf handkerchief tissue coat shirt dress jacket handtuch tuch "
    "serviette toalla asciugamano toalha flag sheet",
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


# Two words that together are another thing than the second of them.
_PAIRS: Final = {
    ("key", "ring"): "keys",
    ("candle", "stick"): "candle",
    ("tape", "recorder"): "radio",
    ("light", "saber"): "sword",
    ("coffee", "pot"): "plate",
    ("baseball", "bat"): "stick",
    ("teddy", "bear"): "doll",
    ("shoe", "box"): "box",
    ("hand", "bag"): "bag",
    ("flash", "light"): "torch",
}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in THINGS.items():
        for word in words.split():
            found.setdefault(word, kind)
    return found


def thing_in(words: str) -> str:
    """The kind of the thing that a short text names (`the brass key` is `keys`), "" for none.

    The last known word counts, so that a cigarette box is a box; before `of`, where one is known
    there: a bottle of wine is a bottle, a bunch of roses are flowers.
    """
    plain = words.casefold()
    return _named(plain.partition(" of ")[0]) or _named(plain)


def _named(plain: str) -> str:
    kinds, found = _kinds(), _WORD.findall(plain)
    for place in range(len(found) - 1, -1, -1):
        pair = _PAIRS.get((found[place - 1], found[place])) if place else None
        if kind := pair or kinds.get(found[place]):
            return kind
    return ""
