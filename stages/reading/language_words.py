"""Small words that tell languages in Latin letters apart; each list is by frequency of use."""

from __future__ import annotations

from typing import Final

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and you that was for are with his they have this not but what all were when "
        "your can there how she which will about out would like him into has look more know of to "
        "it's i'm don't you're is it my me we",
        "fr": "le la les un une des est et vous nous je tu il elle pas que qui dans pour sur avec "
        "mais c'est ça ce cette mon ton où très bien oui non être avoir fait aux du au ne j'ai "
        "t'es d'un",
        "de": "der die das und ist nicht ich du sie wir ihr ein eine einen mit für auf dem den "
        "von zu auch aber was wie wenn noch nur schon ja nein mir mich dich war hat haben bist "
        "dass sich",
        "es": "el la los las una y que es en por con para no se lo como más pero su le ya este sí "
        "porque esta cuando muy está estoy tú yo qué del usted eres hay nada aquí al bien",
        "it": "il lo la gli le un una e che di non è per con sono mi ti si ma come io tu lui lei "
        "anche perché questo della del nel più cosa ho hai ha ci sei bene qui quando dove sì",
        "pt": "o os as um uma e que de não é por com para se mas como eu você ele ela mais isso "
        "está muito meu minha sim do da no na em foi tem aqui quando são então nós à ao",
        "nl": "de het een en is niet ik je jij hij zij wij dat van op met voor maar wat ook er "
        "aan nog dan naar heb heeft zijn mijn geen wel goed waar kom hebben deze",
        "pl": "nie się jest to na że i w z do jak co tak ale czy tylko już za po ja ty on ona mnie "
        "był ma dla tego jestem ci mi może bardzo gdzie",
        "sv": "och att det som en är på jag du inte han hon vi för med av den har till om men ett "
        "vad kan ska mig dig här från när nej ja så",
        "da": "og at det som en er på jeg du ikke han hun vi for med af den har til om men et "
        "hvad kan skal mig dig her fra når nej ja så",
        "nb": "og at det som en er på jeg du ikke han hun vi for med av den har til om men et "
        "hva kan skal meg deg her fra når nei ja så",
        "fi": "ja on ei se että en hän minä sinä me mutta niin kun mitä tämä ole oli olen kuin "
        "vain nyt jos sitä minun kanssa mikä kyllä",
        "cs": "je se na to že v a ne co jak ale já ty jsem jsi tak by pro jen už mi si ten tady "
        "byl když může nebo",
        "tr": "bir ve bu ne için ben sen o de da mi çok var yok ama gibi değil daha evet hayır "
        "bana sana benim senin şey nasıl",
        "hu": "a az és hogy nem is egy van de én te ő mi ez azt csak már meg mit ha igen jó kell "
        "itt vagy volt most",
        "ro": "și nu este în la de cu un o că ce mai pe sunt eu tu el ea da pentru din dar am ai "
        "asta bine unde când",
    }.items()
}

# Names a writer may give for a language on the title page.
LANGUAGE_NAMES: Final[dict[str, str]] = {
    name: code
    for code, names in {
        "en": "english anglais englisch inglés ingles inglese inglês английский",
        "fr": "french français francais französisch francés francese francês французский",
        "de": "german deutsch allemand alemán aleman tedesco alemão немецкий",
        "es": "spanish español espanol castellano spanisch espagnol spagnolo испанский",
        "it": "italian italiano italienisch italien итальянский",
        "pt": "portuguese português portugues portugiesisch portugais portoghese португальский",
        "nl": "dutch nederlands niederländisch",
        "pl": "polish polski polnisch",
        "sv": "swedish svenska schwedisch",
        "da": "danish dansk",
        "nb": "norwegian norsk bokmål",
        "fi": "finnish suomi",
        "cs": "czech čeština česky",
        "tr": "turkish türkçe",
        "hu": "hungarian magyar",
        "ro": "romanian română",
        "ru": "russian русский russisch russe ruso russo",
        "uk": "ukrainian українська",
        "el": "greek ελληνικά",
        "he": "hebrew עברית",
        "ar": "arabic العربية",
        "fa": "persian farsi فارسی",
        "hi": "hindi हिन्दी",
        "ja": "japanese 日本語",
        "ko": "korean 한국어",
        "zh": "chinese mandarin 中文 汉语 普通话",
    }.items()
    for name in names.split()
}
