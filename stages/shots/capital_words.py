"""What else than a thing stands in capitals in a screenplay: people, places, sounds, the camera.

Words in the singular. The lists hold what screenplays use, not whole dictionaries: a word that is
missing costs a needless shot, never a wrong line.
"""

from __future__ import annotations

from typing import Final


def word_table(text: str) -> frozenset[str]:
    """The words of a table, as capitals have them."""
    return frozenset(text.upper().split())


# By language: words after which a noun comes. Before a thing in capitals one of them stands.
DETERMINERS: Final = {
    "en": word_table(
        "a an the this that these those his her their its my your our another one two three four"
        " five six seven eight nine ten several some each both"
    ),
    "fr": word_table(
        "un une des le la les l' l\u2019 d' d\u2019 ce cet cette ces son sa ses leur leurs mon ma"
        " mes deux trois quatre cinq"
    ),
    "de": word_table(
        "ein eine einen einem einer eines der die das den dem des sein seine seinen seinem seiner"
        " ihr ihre ihren ihrem ihrer zwei drei vier fünf"
    ),
    "es": word_table(
        "un una unos unas el la los las su sus este esta ese esa dos tres cuatro cinco"
    ),
    "it": word_table(
        "un uno una un' un\u2019 il lo la i gli le l' l\u2019 suo sua suoi sue due tre quattro"
        " cinque"
    ),
    "pt": word_table("um uma uns umas o a os as seu sua seus suas dois duas três quatro cinco"),
}
SINGULAR: Final = word_table("a an another one each un une ein eine einen einem una um uma this")

PEOPLE: Final = word_table(
    "man woman boy girl child kid baby infant toddler teenager teen person people men women"
    " children guy lady gentleman fellow stranger figure silhouette couple twin brother sister"
    " mother father mom mum dad son daughter grandmother grandfather grandma grandpa uncle aunt"
    " cousin wife husband bride groom widow widower friend lover neighbour neighbor guest visitor"
    " customer client patient crowd group gang mob team crew family audience passenger passerby"
    " pedestrian onlooker bystander witness victim hostage prisoner inmate suspect thief robber"
    " burglar killer murderer assassin shooter sniper gunman terrorist soldier officer cop police"
    " policeman policewoman detective sheriff deputy agent guard sentry warden guide ranger"
    " trooper captain lieutenant sergeant major colonel general private corporal marine sailor"
    " pilot navigator doctor nurse surgeon paramedic medic dentist waiter waitress bartender"
    " barman barmaid barista chef cook baker butcher clerk cashier receptionist secretary"
    " assistant boss manager director producer editor reporter journalist photographer cameraman"
    " anchor anchorman host hostess teacher professor student pupil principal coach janitor"
    " cleaner maid butler servant driver chauffeur conductor mechanic electrician plumber engineer"
    " technician scientist worker foreman builder carpenter farmer fisherman hunter lawyer"
    " attorney judge juror bailiff politician senator mayor president minister king queen prince"
    " princess knight duke duchess lord countess priest nun monk bishop pope rabbi imam pastor"
    " singer dancer musician drummer guitarist pianist violinist actor actress artist painter poet"
    " writer author clown magician vendor seller shopkeeper merchant postman mailman courier"
    " messenger porter doorman bouncer usher tourist traveller traveler hiker jogger runner"
    " cyclist biker rider swimmer skater player keeper tenant landlord landlady owner beggar tramp"
    " vagrant ghost zombie vampire monster creature alien robot android angel demon devil witch"
    " wizard dwarf giant elf dog cat horse cow pig goat sheep bird crow raven owl gull seagull"
    " pigeon chicken rat mouse snake wolf bear lion tiger fox deer rabbit fish shark spider fly"
    " swarm herd pack flock voice steward stewardess attendant orderly intern resident operator"
    " dispatcher announcer referee umpire fan teammate classmate colleague coworker employee"
    " executive accountant banker broker dealer trader gardener ringmaster acrobat juggler"
    " performer choir band orchestra mourner undertaker coroner newscaster interviewer protester"
    " rioter rebel pirate viking cowboy warrior archer slave peasant villager elder chief adult"
    " senior hippie punk addict junkie drunk hobo drifter hitchhiker camper puppy kitten beast"
    " ogre carny carnie elephant monkey camel"
)
PERSON_ENDINGS: Final = ("MAN", "WOMAN", "MEN", "WOMEN", "BOY", "GIRL", "PERSON", "PEOPLE", "FOLK")

# Too large for a picture of a thing by itself: places, houses and what people ride in.
PLACES: Final = word_table(
    "room hall hallway corridor lobby kitchen bathroom bedroom office cellar basement attic"
    " garage house home building tower castle church cathedral chapel temple mosque school"
    " hospital hotel motel bar pub restaurant cafe café diner shop store market mall bank station"
    " airport port harbour harbor dock pier quay prison jail cell court courtroom theatre theater"
    " cinema museum library factory warehouse barn shed cabin cottage apartment flat mansion"
    " palace bridge tunnel road street alley avenue highway path trail square park garden yard"
    " field farm forest wood woods jungle desert beach sea ocean lake river stream waterfall canal"
    " island mountain hill valley cliff cave city town village suburb skyline horizon sky moon sun"
    " earth world planet space ground floor wall ceiling roof rooftop staircase stairwell stairs"
    " window doorway entrance exit lane bay car van truck lorry bus coach taxi cab limousine limo"
    " suv jeep pickup ambulance cruiser motorcycle motorbike tractor train tram locomotive"
    " carriage subway plane airplane aeroplane jet airliner helicopter chopper boat ship ferry"
    " barge yacht trawler submarine tank spaceship spacecraft rocket convoy vehicle lot parking"
    " playground pool stadium arena stage tent camp runway freeway intersection"
)
# What can be seen or heard, but not looked at by itself.
NO_THINGS: Final = word_table(
    "sound noise music song melody tune silence beat pause moment second minute hour day night"
    " morning evening dawn dusk dark darkness light flash glow glare spark shadow reflection smile"
    " grin laugh laughter giggle kiss hug cry yell shout whisper moan groan gasp sigh cough sob"
    " shot gunfire bang blast boom thud thump crack crunch snap pop whoosh swoosh whir whirr hum"
    " drone wail whine squeal screech creak clang clank clatter clap applause cheer alarm"
    " explosion fire flame smoke fog mist storm lightning thunder rain snow wind wave blood sweat"
    " tear death life love truth end beginning past future name word line way thing something"
    " nothing everything time idea dream speech lecture story joke game match race party wedding"
    " funeral meeting show war trap plan memory nightmare vision attack fight chase crash accident"
    " kick punch slap step turn look stare glance nod shrug hand finger thumb fist arm leg foot"
    " knee face head eye ear nose mouth lip back shoulder neck heart body corpse skin hair"
    " silhouette wall speed distance left right top bottom middle edge side front inside outside"
    " north south east west other same only very first third last next best worst whole own few"
    " rest blonde brunette redhead"
    " many more most all none roll drumroll rattle growl howl bark gong siren beep buzz hiss"
)
# The same three in other languages, where a word may well be a thing in English.
ELSEWHERE: Final = {
    "fr": word_table(
        "homme femme garçon fille enfant bébé vieillard vieille dame monsieur foule serveur"
        " serveuse policier policière soldat médecin infirmière inconnu inconnue ombre chien chat"
        " cheval maison rue voiture camion bateau train avion ville forêt bruit silence voix"
        " musique lumière nuit jour main visage tête coup pièce salle cuisine couloir porte"
        " fenêtre"
    ),
    "de": word_table(
        "mann frau junge mädchen kind baby leute menge kellner kellnerin polizist polizistin"
        " soldat arzt ärztin fremder fremde gestalt hund katze pferd haus strasse straße auto"
        " wagen lkw zug schiff boot flugzeug stadt wald geräusch stille stimme musik licht"
        " schatten nacht tag hand gesicht kopf schuss zimmer raum küche flur tür fenster"
    ),
    "es": word_table(
        "hombre mujer niño niña chico chica señor señora anciano anciana gente multitud camarero"
        " camarera policía soldado médico enfermera desconocido perro gato caballo casa calle"
        " coche camión barco tren avión ciudad bosque ruido silencio voz música luz sombra noche"
        " día mano cara cabeza disparo habitación sala cocina pasillo puerta ventana"
    ),
    "it": word_table(
        "uomo donna ragazzo ragazza bambino bambina signore signora vecchio vecchia folla"
        " cameriere cameriera poliziotto soldato medico infermiera sconosciuto cane gatto cavallo"
        " casa strada macchina camion nave treno aereo città rumore silenzio voce musica luce"
        " ombra notte giorno mano volto faccia testa sparo stanza sala cucina corridoio porta"
        " finestra"
    ),
    "pt": word_table(
        "homem mulher menino menina rapaz moça senhor senhora velho velha multidão garçom"
        " policial médico enfermeira cachorro cavalo casa rua carro caminhão navio trem avião"
        " cidade barulho silêncio luz sombra noite dia mão rosto cabeça tiro quarto sala cozinha"
        " corredor porta janela"
    ),
}
# Words of the camera and of the page: a run of capitals with one of these is no thing.
CAMERA: Final = word_table(
    "camera shot shots pov p.o.v. v.o. o.s. o.c. cont'd contd continued continuous cut cuts to:"
    " back fade fades dissolve dissolves wipe smash match intercut insert super title titles"
    " credit credits card chyron caption montage series sequence flashback flashforward freeze"
    " frame slow motion close-up closeup closeups angle wide medium long establishing aerial crane"
    " dolly track tracking pan pans tilt tilts zoom zooms rack focus handheld steadicam split"
    " screen later meanwhile moments we scene act end begin teaser tag prelap pre-lap end/back"
    " into over under black ext int ext. int."
)
# Before a thing, these only say that the camera goes there.
CAMERA_LEADS: Final = word_table(
    "close on angle in tight reveal revealing favor favour of extreme up"
)

# Verbs that writers put in capitals behind a noun: `the DOOR OPENS`.
VERBS: Final = word_table(
    "opens closes falls drops stops starts explodes bursts swings flies breaks hits lands moves"
    " turns rises burns glows flashes flickers shines dies lies stands sits runs walks enters"
    " exits appears disappears vanishes arrives leaves comes goes rolls spins slides slips shakes"
    " trembles rocks collapses crumbles tumbles topples tears rips cracks snaps splits melts"
    " freezes fires shoots strikes smashes collides crashes bangs slams rings buzzes beeps screams"
    " roars rumbles rattles squeaks creaks groans moans wails blares shatters splinters ignites"
    " erupts smokes steams drips leaks pours floods sinks floats jumps leaps climbs grabs takes"
    " gives throws catches kicks punches reads says is was has does grows shrinks lights locks"
    " unlocks clicks ticks chimes"
)
# What ends as a doing does and is a thing.
THINGS_IN_ING: Final = word_table(
    "ring earring string painting drawing wing spring king clothing bedding rigging casing"
    " stocking offering icing filling railing"
)
# Between the article and the thing: words that only say more of the thing.
ADJECTIVES: Final = word_table(
    "first second third fourth last next other single only small little tiny big large huge giant"
    " enormous long short tall thick thin wide narrow heavy light old new ancient antique vintage"
    " young modern black white red blue green yellow brown grey gray pink purple orange gold"
    " golden silver brass bronze copper iron steel metal wooden stone glass leather plastic paper"
    " rubber silk velvet woollen cotton ceramic porcelain crystal rusty dusty dirty clean bloody"
    " muddy greasy sticky wet dry damp warm hot cold frozen empty full open shut broken torn worn"
    " bent cheap expensive fancy shiny bright dull dark pale strange odd mysterious familiar"
    " simple plain ornate elegant ugly beautiful lovely pretty round square flat sharp blunt loose"
    " spare loaded sealed locked framed glossy hairy of dead live toy fake real electric digital"
    " mechanical military medical loud silent forgotten hidden secret lone lonely pair box set"
    " pack stack pile bunch"
)
# Behind a run of capitals, these say that the capitals are words to be read, or somebody's office.
AFTER_SIGNS: Final = word_table(
    "sign signs notice poster banner button label logo headline logos stamp badge letters agent"
    " agents officer officers team guy guys man men woman women car cars van truck building"
    " headquarters"
)
# No thing by themselves, only with a noun behind them.
EMPHASIS: Final = word_table(
    "not never very only really suddenly now then too so no yes own same huge giant massive tiny"
    " big bigger biggest enormous first last next second third wrong right real dead alive gone"
    " red black white green blue closed open shut full empty new old loud quiet silent entire"
    " whole every fbi cia nsa dea atf lapd nypd swat emt ems ceo cfo dj mc usa uk eu un uss usb"
    " ufo id atm hq nasa bbc cnn am pm ok okay"
)
