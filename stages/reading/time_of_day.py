"""Words that tell the time of day in a scene heading, in the languages scripts are written in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are a time by themselves.
_CORE: Final = _words(
    """
    DAY NIGHT MORNING EVENING AFTERNOON DAWN DUSK NOON MIDNIGHT MIDDAY SUNSET SUNRISE SUNUP SUNDOWN
    TWILIGHT DAYBREAK NIGHTFALL MAGIC LATER CONTINUOUS CONTINUING SAME EARLIER DAYTIME NIGHTTIME
    JOUR NUIT MATIN MATINÉE SOIR SOIRÉE APRÈS-MIDI APRES-MIDI MIDI MINUIT AUBE CRÉPUSCULE
    CREPUSCULE CONTINU
    TAG NACHT MORGEN MORGENS ABEND ABENDS NACHMITTAG VORMITTAG MITTAG MITTERNACHT DÄMMERUNG
    MORGENDÄMMERUNG ABENDDÄMMERUNG SONNENAUFGANG SONNENUNTERGANG SPÄTER TAGS NACHTS
    DÍA DIA NOCHE MAÑANA TARDE ATARDECER AMANECER MEDIODÍA MEDIODIA MEDIANOCHE MADRUGADA ANOCHECER
    CONTINUO CONTINÚA
    GIORNO NOTTE MATTINA MATTINO SERA POMERIGGIO ALBA TRAMONTO MEZZOGIORNO MEZZANOTTE
    NOITE MANHÃ MANHA AMANHECER ANOITECER ENTARDECER MEIO-DIA MEIA-NOITE CONTÍNUO
    ДЕНЬ НОЧЬ УТРО ВЕЧЕР РАССВЕТ ЗАКАТ ПОЛДЕНЬ ПОЛНОЧЬ СУМЕРКИ ПОЗЖЕ НІЧ РАНОК ВЕЧІР
    DAG AVOND OCHTEND MIDDAG MIDDERNACHT NATT MORGON KVÄLL KVELD DZIEŃ NOC PORANEK WIECZÓR
    昼 夜 朝 夕 夕方 深夜 早朝 日 晨 清晨 早晨
    上午 中午 下午 傍晚 黄昏 晚上 夜晚 白天 凌晨 낮 밤 아침 저녁 새벽
    GÜN GÜNDÜZ GECE SABAH AKŞAM
    نهار ليل صباح مساء فجر ظهر عصر غروب לילה יום בוקר ערב צהריים שחר שקיעה
    """
)

# Words that say more about a time, and are none alone.
_MORE: Final = _words(
    """
    EARLY LATE MID THE NEXT THAT THIS FOLLOWING PREVIOUS SAME TIME MOMENTS MOMENT MINUTES MINUTE
    HOURS HOUR DAYS WEEKS WEEK MONTHS MONTH YEARS YEAR A AN FEW SEVERAL SOME ONE TWO THREE FOUR FIVE
    SIX TEN AFTER BEFORE AGO OF AT IN TO AND OR BRIGHT DEAD BEFORE PRE-DAWN PREDAWN PRESENT
    FLASHBACK FLASH BACK FORWARD FLASHFORWARD DREAM CONT'D CONT ESTABLISHING MONDAY TUESDAY
    WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY AM PM A.M. P.M. O'CLOCK GOLDEN
    PLUS TARD SUITE LE LA LES L MÊME MEME TEMPS QUELQUES INSTANTS MINUTES HEURES DÉBUT FIN DE EN TÔT
    LENDEMAIN SOLEIL LEVANT COUCHANT LEVER COUCHER DU
    FRÜH FRÜHER SPÄT AM NÄCHSTEN WENIG ETWAS GLEICHE ZEIT KURZ DARAUF DER DIE DAS
    LUEGO DESPUÉS MÁS UNOS POCO EL LOS LAS MISMO SIGUIENTE MOMENTOS HORAS MINUTOS
    PIÙ TARDI IL LO STESSO DOPO DEPOIS MAIS O MESMO SEGUINTE
    ТО ЖЕ ВРЕМЯ СПУСТЯ РАННЕЕ ПОЗДНИЙ ПОЗДНЯЯ ЧЕРЕЗ ЧАС
    """
)

_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BETWEEN: Final = re.compile(r"[\s/&,+]+|\s*[–—]+\s*|\s-+\s|(?<=\w)-(?=(?:NIGHT|MORNING)\b)")
_LAST: Final = re.compile(r"[.:;!?]+$")
_PHRASES: Final = frozenset(
    ("MOMENTS AFTER", "PLUS TARD", "MÁS TARDE", "PIÙ TARDI", "MAIS TARDE", "ТО ЖЕ ВРЕМЯ", "SUITE")
)


def looks_like_time(part: str, *, needs_core: bool = True) -> bool:
    """True for `NIGHT`, `LATE AFTERNOON`, `THE NEXT DAY (1882)`, `DAY/NIGHT`, `NUIT` and the like.

    With `needs_core` False also for words that only say more about a time, such as `FLASHBACK`.
    """
    plain = unicodedata.normalize("NFC", _BRACKETS.sub(" ", part)).upper().replace("’", "'")
    words = [_LAST.sub("", word) or word for word in _BETWEEN.split(plain) if word.strip("-")]
    if not words:
        return False
    if " ".join(words) in _PHRASES:
        return True
    known = all(word in _CORE or word in _MORE or word.isdigit() for word in words)
    return known and (not needs_core or any(word in _CORE for word in words))
