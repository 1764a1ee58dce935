"""The vocabulary of places: kinds of sets by the words that writers use, in many languages."""

from __future__ import annotations

# The first kind that matches wins, so the special ones come before the general ones. A stem of up
# to four letters must be the whole word, one of five begin or end it, a longer one may be anywhere
# in it (German compounds); a star lets a short one end a word too.
INDOORS: tuple[tuple[str, str], ...] = (
    (
        "phone box",
        """phonebox telefonzelle""",
    ),
    (
        "spaceship",
        """spaceship starship spacecraft raumschiff raumstation shuttle capsule rocket
        spacestation cosmonaut 宇宙船""",
    ),
    (
        "bus",
        """bus autobus autocar reisebus onibus minibus trolleybus автобус バス""",
    ),
    (
        "plane",
        """plane airplane aeroplane aircraft avion flugzeug aereo aviao самолет 機内""",
    ),
    (
        "attic",
        """attic dachboden grenier atico desvan soffitta sotao чердак 屋根裏""",
    ),
    (
        "garage",
        """garage garagem carport гараж""",
    ),
    (
        "lodge",
        """lodge porter concierge pforte reception loge porteria portineria portaria receptionist
        rezeption recepcion""",
    ),
    (
        "lighthouse",
        """lighthouse phare leuchtturm faro lantern""",
    ),
    (
        "car",
        """car cab taxi voiture auto wagen coche truck camion lkw van limousine cockpit lorry
        автомобиль машина macchina carro 車内""",
    ),
    (
        "stairwell",
        """stairwell stairs stair staircase stairway treppe treppenhaus treppen escalier escaliers
        escalera escaleras scala scale escada escadas trappenhuis trap klatka лестница 階段 楼梯""",
    ),
    (
        "hall",
        """gym gymnasium turnhalle ballroom ballsaal tanzsaal gemeindesaal festsaal
        mairie rathaus ayuntamiento municipio municipality assembly salle halle""",
    ),
    (
        "lift",
        """lift elevator ascenseur aufzug fahrstuhl ascensor ascensore elevador лифт 電梯 电梯""",
    ),
    (
        "court",
        """courtroom courthouse court tribunal gericht gerichtssaal juzgado corte суд 法廷 法庭""",
    ),
    (
        "station",
        """gare bahnhof bahnhofshalle estacion stazione terminal airport aeroport flughafen
        aeropuerto aeroporto depot вокзал concourse ticket wartesaal""",
    ),
    (
        "train",
        """train zug tren metro subway wagon waggon compartment abteil
        carriage tram
        treno trem поезд вагон 電車 列車""",
    ),
    (
        "ship",
        """ship boat cabin bateau navire schiff kajute barco cabina bridge cubierta submarine
        vaisseau nave cale galley""",
    ),
    (
        "cave",
        """cave grotte hohle cueva tunnel mine bergwerk caverne cavern sewer egout catacomb""",
    ),
    (
        "kitchen",
        """kitchen cuisine kuche cocina kueche pantry scullery cucina cozinha kitchenette
        кухня 台所 厨房""",
    ),
    (
        "bathroom",
        """bathroom toilet restroom badezimmer bano shower douche washroom
        lavatory wc washroom toilette toiletten bagno banheiro banos ванная туалет
        浴室 卫生间 洗手間""",
    ),
    (
        "bedroom",
        """bedroom chambre schlafzimmer kinderzimmer dormitorio habitacion hotel motel bed nursery
        dormitory dortoir quarto camera teenager bunk nursing hospice
        stanza спальня 寝室 卧室""",
    ),
    (
        "hospital",
        """hospital hopital krankenhaus clinic clinique klinik ward surgery morgue infirm
        ospedale больница палата sickbay infirmary 病院 病室 医院 病房""",
    ),
    (
        "church",
        """church eglise kirche iglesia chapel chapelle kapelle capilla cathedral temple mosque
        synagogue kathedrale catedral dom abbey monastery crypt igreja chiesa
        церковь храм 教会 教堂""",
    ),
    (
        "castle",
        """castle chateau schloss burg castillo castelo castello throne palace palais palast palacio
        palazzo banquet rittersaal thronsaal""",
    ),
    (
        "prison",
        """prison jail cell cellule gefangnis zelle carcel celda dungeon cachot kerker
        galera prigione cadeia cela prisao тюрьма камера 牢 监狱""",
    ),
    (
        "theatre",
        """theatre theater stage scene buhne teatro escenario cinema kino cine opera
        concert auditorium""",
    ),
    (
        "library",
        """library bibliotheque bibliothek biblioteca bookshop bookstore librairie study archive
        buchhandlung libreria livraria
        библиотека 図書館 图书馆""",
    ),
    (
        "classroom",
        """classroom school ecole schule escuela class classe klassenzimmer aula lecture college
        university
        aula escuela scuola escola школа класс 教室""",
    ),
    (
        "bar",
        """bar pub cafe coffee restaurant diner tavern taverne bistro kneipe gasthaus inn taberna
        cantina club saloon restaurante auberge bakery boulangerie canteen cafeteria mensa 酒場
        居酒屋 喫茶店
        кафе бар ресторан bistrot ristorante osteria 咖啡 餐厅""",
    ),
    (
        "shop",
        """shop store magasin laden tienda market boutique barber hairdresser supermarket pharmacy
        apotheke
        negozio loja магазин mercado mercato kiosk 商店""",
    ),
    (
        "workshop",
        """workshop warehouse factory fabrik usine atelier werkstatt taller almacen lab
        laboratory labor laboratoire barn scheune grange studio hangar lagerhaus basement keller
        cellar sotano shed forge engine boathouse shack hut hutte cabane werkraum
        magazzino armazem entrepot склад 倉庫 仓库""",
    ),
    (
        "corridor",
        """corridor hallway couloir flur gang pasillo hall lobby foyer entrance vestibule
        corridoio corredor passage passageway korridor коридор 廊下 走廊""",
    ),
    (
        "office",
        """office bureau buro buero oficina headquarters police precinct newsroom conference
        kanzlei commissariat despacho wache control
        kantor ufficio escritorio офис кабинет 事務所 办公室 boardroom meeting""",
    ),
    (
        "living",
        """living lounge parlor parlour apartment flat home house loft den condo penthouse
        wohnzimmer wohnung stube haus salon sejour appartement maison sala piso apartamento casa
        soggiorno salotto appartamento mansion villa cottage farmhouse suite sitting гостиная
        квартира 居間 客厅""",
    ),
)

OUTDOORS: tuple[tuple[str, str], ...] = (
    (
        "phone box",
        """phonebox telefonzelle""",
    ),
    (
        "lock",
        """lock sluice schleuse towpath canal kanal ecluse esclusa""",
    ),
    (
        "bridge",
        """bridge brucke pont puente ponte мост 橋""",
    ),
    (
        "market",
        """market markt marche mercado mercato bazaar flohmarkt wochenmarkt рынок 市場""",
    ),
    (
        "parking",
        """parking carpark parkplatz estacionamento aparcamiento parcheggio""",
    ),
    (
        "car",
        """car taxi cab voiture auto wagen coche truck van lorry pickup""",
    ),
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
        acantilado island insel isla
        spiaggia praia пляж 海辺 海滩""",
    ),
    (
        "sea",
        """sea ocean mer meer mar boat ship bateau schiff barco deck pont raft lifeboat
        море mare 海上""",
    ),
    (
        "river",
        """river lake fleuve riviere lac fluss see rio lago pond etang creek bank
        река fiume lac 川 河""",
    ),
    (
        "forest",
        """forest woods wood foret *wald bosque jungle bois selva clearing lichtung clairiere
        лес floresta foresta bosco 森 森林""",
    ),
    (
        "mountain",
        """mountain mountains montagne gebirge berg montana alps peak summit gipfel pass valley
        canyon snow glacier
        гора montagna montanha 山""",
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
        playground orchard jardim giardino pool piscine piscina schwimmbad lawn 庭 公園
        сад courtyard cour cortile двор schoolyard""",
    ),
    (
        "village",
        """village dorf pueblo hamlet house maison haus casa cottage home porch church eglise
        kirche iglesia farmhouse cabin inn shack hut hutte cabane cabana bungalow driveway 村
        mansion manor villa trailer
        porche casas
        деревня дом villaggio aldeia apartment""",
    ),
    (
        "field",
        """field champ *feld campo farm ferme bauernhof granja meadow pre wiese prairie prado
        vineyard hill hugel colline colina barn heath heide lande moor *hof
        поле campo campagna 野原 田野""",
    ),
    (
        "roof",
        """roof rooftop toit dach azotea tejado balcony balcon balkon 屋上
        tetto telhado tetti крыша 天台""",
    ),
    (
        "street",
        """street rue strasse calle city ville stadt ciudad alley ruelle gasse callejon avenue
        square place platz plaza downtown town bus station gare bahnhof platform bahnsteig
        anden hotel office building cafe bar shop school hospital boulevard sidewalk 市街地 街 通り
        街角 rua cidade strada citta
        улица площадь via piazza praca вокзал stazione stairs steps treppe court courthouse""",
    ),
    (
        "road",
        """road route highway autobahn carretera chemin path track motorway camino gas
        дорога estrada strada 道路""",
    ),
)

# Two words that mean another place than each of them does, by kind.
PAIRS: tuple[tuple[str, str, str], ...] = (
    *(
        (whose, box, "phone box")
        for whose in ("phone", "telephone", "call", "pay")
        for box in ("box", "booth", "kiosk")
    ),
    ("space", "ship", "spaceship"),
    ("space", "station", "spaceship"),
    ("bus", "stop", "street"),
    ("car", "park", "parking"),
    ("car", "wash", ""),
    ("ski", "lodge", "living"),
    ("hunting", "lodge", "living"),
    ("market", "square", "market"),
    ("canal", "boat", "ship"),
    ("train", "station", "station"),
    ("railway", "station", "station"),
    ("bus", "station", "station"),
    ("metro", "station", "station"),
    ("subway", "station", "station"),
    ("tube", "station", "station"),
    ("bus", "terminal", "station"),
    ("waiting", "room", "station"),
    *(
        (whose, "hall", "hall")
        for whose in (
            *("parish", "town", "village", "city", "council", "church", "assembly", "community"),
            *("meeting", "sports", "drill", "union", "market", "school", "dance", "guild"),
        )
    ),
    ("concert", "hall", "theatre"),
    ("music", "hall", "theatre"),
    ("dining", "hall", "bar"),
    ("lecture", "hall", "classroom"),
    ("great", "hall", "castle"),
    ("food", "court", "bar"),
    ("court", "yard", "garden"),
    ("tennis", "court", ""),
    ("basketball", "court", ""),
    ("class", "room", "classroom"),
    ("court", "room", "court"),
    ("control", "room", "office"),
    ("boiler", "room", "workshop"),
    ("engine", "room", "workshop"),
    ("station", "house", "office"),
    ("opera", "house", "theatre"),
    ("light", "house", "lighthouse"),
    ("ticket", "office", "station"),
    ("waiting", "area", "station"),
)
