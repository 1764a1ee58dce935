"""What a place name says about the picture: kinds of place by keyword in several languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_WORD.findall(letters))


# The first kind that matches wins, so the special ones come before the general ones. A stem of up
# to four letters must be the whole word, one of five begin or end it, a longer one may be anywhere
# in it (German compounds); a star lets a short one end a word too.
INDOORS: tuple[tuple[str, str], ...] = (
    (
        "lighthouse",
        """lighthouse phare leuchtturm faro lantern""",
    ),
    (
        "car",
        """car cab taxi voiture auto wagen coche truck camion lkw van limousine cockpit lorry""",
    ),
    (
        "train",
        """train zug tren metro subway wagon waggon compartment abteil plane avion flugzeug bus
        carriage tram""",
    ),
    (
        "ship",
        """ship boat cabin bateau navire schiff kajute barco cabina bridge cubierta submarine
        spaceship vaisseau raumschiff nave cale galley""",
    ),
    (
        "cave",
        """cave grotte hohle cueva tunnel mine bergwerk caverne cavern sewer egout catacomb""",
    ),
    (
        "kitchen",
        """kitchen cuisine kuche cocina kueche pantry scullery cucina cozinha kitchenette""",
    ),
    (
        "bathroom",
        """bathroom toilet restroom badezimmer bano shower douche washroom""",
    ),
    (
        "bedroom",
        """bedroom chambre schlafzimmer kinderzimmer dormitorio habitacion hotel motel bed nursery
        dormitory dortoir quarto camera teenager bunk nursing hospice""",
    ),
    (
        "hospital",
        """hospital hopital krankenhaus clinic clinique klinik ward surgery morgue infirm""",
    ),
    (
        "church",
        """church eglise kirche iglesia chapel chapelle kapelle capilla cathedral temple mosque
        synagogue kathedrale catedral dom abbey monastery crypt igreja chiesa""",
    ),
    (
        "castle",
        """castle chateau schloss burg castillo castelo castello throne palace palais palast palacio
        palazzo banquet rittersaal thronsaal""",
    ),
    (
        "prison",
        """prison jail cell cellule gefangnis zelle carcel celda dungeon cachot kerker""",
    ),
    (
        "theatre",
        """theatre theater stage scene buhne teatro escenario cinema kino cine opera ballroom
        concert auditorium""",
    ),
    (
        "library",
        """library bibliotheque bibliothek biblioteca bookshop bookstore librairie study archive
        buchhandlung libreria livraria""",
    ),
    (
        "classroom",
        """classroom school ecole schule escuela class classe klassenzimmer aula lecture college
        university""",
    ),
    (
        "bar",
        """bar pub cafe coffee restaurant diner tavern taverne bistro kneipe gasthaus inn taberna
        cantina club saloon restaurante auberge bakery boulangerie canteen cafeteria mensa 酒場
        居酒屋 喫茶店""",
    ),
    (
        "shop",
        """shop store magasin laden tienda market boutique barber hairdresser supermarket pharmacy
        apotheke""",
    ),
    (
        "workshop",
        """workshop warehouse garage factory fabrik usine atelier werkstatt taller almacen lab
        laboratory labor laboratoire barn scheune grange studio hangar lagerhaus basement keller
        cellar sotano shed forge engine boathouse garagem shack hut hutte cabane werkraum""",
    ),
    (
        "corridor",
        """corridor hallway couloir flur gang pasillo hall stairs staircase treppe treppenhaus
        escalier escalera lobby foyer elevator lift ascenseur entrance vestibule landing""",
    ),
    (
        "office",
        """office bureau buro buero oficina headquarters police precinct station newsroom
        courtroom gericht tribunal conference kanzlei commissariat despacho wache control""",
    ),
)

OUTDOORS: tuple[tuple[str, str], ...] = (
    (
        "lighthouse",
        """lighthouse phare leuchtturm faro""",
    ),
    (
        "harbour",
        """harbour harbor port dock docks hafen puerto quai pier wharf marina jetty muelle kai mole
        jetee""",
    ),
    (
        "beach",
        """beach plage strand playa shore coast cote kuste costa seaside dune cliff falaise klippe
        acantilado island insel isla""",
    ),
    (
        "sea",
        """sea ocean mer meer mar boat ship bateau schiff barco deck pont raft lifeboat""",
    ),
    (
        "river",
        """river lake fleuve riviere lac fluss see rio lago pond etang creek canal bridge brucke
        puente bank""",
    ),
    (
        "forest",
        """forest woods wood foret *wald bosque jungle bois selva clearing lichtung clairiere""",
    ),
    (
        "mountain",
        """mountain mountains montagne gebirge berg montana alps peak summit gipfel pass valley
        canyon snow glacier""",
    ),
    (
        "desert",
        """desert wuste desierto wasteland sahara mars moon planet""",
    ),
    (
        "cemetery",
        """cemetery graveyard cimetiere friedhof cementerio grave tomb grab""",
    ),
    (
        "castle",
        """castle chateau schloss burg castillo castelo castello fortress palace palais palast
        palacio palazzo ruins""",
    ),
    (
        "garden",
        """garden jardin garten park parc patio yard courtyard hof backyard terrace terrasse
        playground orchard jardim giardino pool piscine piscina schwimmbad lawn 庭 公園""",
    ),
    (
        "village",
        """village dorf pueblo hamlet house maison haus casa cottage home porch church eglise
        kirche iglesia farmhouse cabin inn shack hut hutte cabane cabana bungalow driveway 村
        mansion manor villa trailer
        porche casas""",
    ),
    (
        "field",
        """field champ *feld campo farm ferme bauernhof granja meadow pre wiese prairie prado
        vineyard hill hugel colline colina barn heath heide lande moor *hof""",
    ),
    (
        "roof",
        """roof rooftop toit dach azotea tejado balcony balcon balkon 屋上""",
    ),
    (
        "street",
        """street rue strasse calle city ville stadt ciudad alley ruelle gasse callejon avenue
        square place platz plaza downtown town market parking bus station gare bahnhof hotel
        office building cafe bar shop school hospital boulevard sidewalk 市街地 街 通り 街角 rua
        cidade strada citta""",
    ),
    (
        "road",
        """road route highway autobahn carretera chemin path track motorway car camino gas""",
    ),
)


def _matches(word: str, stem: str) -> bool:
    if stem.startswith("*"):
        return word.endswith(stem[1:])
    if len(stem) <= 4:
        return word in (stem, stem + "s")
    if len(stem) == 5:
        return word.startswith(stem) or word.endswith(stem)
    return stem in word


# A place that a writer calls by its darkness is none.
_VOID = """black blackness void darkness nothingness noir obscurite neant schwarz dunkelheit dunkel
    negro oscuridad vacio preto escuridao nero buio vuoto 黒 闇 黑"""


def is_void(place: str) -> bool:
    """Whether a place name means darkness itself, as `BLACK` or `ETERNAL BLACK VOID` do."""
    named = kind_of_place(place, inside=True) or kind_of_place(place, inside=False)
    return not named and any(word in _VOID.split() for word in words_of(place))


def is_limbo(setting: str, place: str) -> bool:
    """Whether nothing is known about the place: no INT or EXT, and no name that says what it is."""
    if setting and not is_void(place):
        return False
    return not (kind_of_place(place, inside=True) or kind_of_place(place, inside=False))


@lru_cache(maxsize=256)
def kind_of_place(place: str, *, inside: bool) -> str:
    """The kind of set to draw, or "" when the name says nothing known."""
    words = words_of(place)
    for kind, stems in INDOORS if inside else OUTDOORS:
        if any(_matches(word, stem) for stem in stems.split() for word in words):
            return kind
    return ""


def is_inside(setting: str, place: str) -> bool:
    """Whether the camera is under a roof; without a setting the place name decides."""
    if setting:
        return setting != "EXT"
    return not kind_of_place(place, inside=False) or bool(kind_of_place(place, inside=True))
