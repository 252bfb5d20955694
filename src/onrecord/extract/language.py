"""The language of a text, from its script and its most common words; per page, no model, no files.

The words are the most frequent function words of each language (any frequency list shows the same ones).
"""

from __future__ import annotations

import re

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
)
_BEYOND_LATIN = re.compile("[\u0370-\u1fff\u3040-\ud7af]")  # where the scripts above are, and more
_WORDS = {
    "en": "the of and to in that is for on was with as it by he at from his have are they this which had not but were an be",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie",
    "fr": "de la le et les des en un une du que est pour dans qui par sur pas au plus avec ce il sont se ne cette ont aux",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha",
    "it": "di e il la che in a per un del è una non sono con si da le della i alla dei nel anche ha più gli al",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als maar bij door uit nog over naar heeft",
    "sv": "och i att det som en på är av för med den till inte har de om ett var sig men så från vi kan efter",
    "da": "og i at det en til er af på som med for den der ikke de har et var fra han blev kan efter også eller",
    "no": "og i det på er en som til at av for med har ikke de den fra var om et å han seg ble etter også",
    "fi": "ja on ei että se oli hän mutta ovat kun myös joka mukaan sen ole hänen tai kuin niin",
    "pl": "i w na z że się do nie jest o jak po co to za od przez dla są tym oraz ale jego było może",
    "cs": "a v na se že je to z o do i s by za pro ale jako po jsou také podle který které není jeho",
    "sk": "a v na sa že je to z o do aj s by za pre ale ako po sú tiež podľa ktorý ktoré nie jeho",
    "hu": "a az és hogy nem is egy volt azt ez de csak már meg mint még el lesz vagy szerint",
    "ro": "de și în a la cu pe că nu o un din care este pentru mai au fost s-a sunt ce",
    "tr": "ve bir bu da de için ile çok olarak olan daha gibi kadar sonra ise en ne o var olduğunu",
    "id": "yang dan di itu dengan untuk dari ini pada tidak dalam akan adalah oleh ke juga telah mereka kata",
    "ms": "yang dan di itu dengan untuk dari ini pada tidak dalam akan adalah oleh ke juga telah beliau kata turut",
    "sw": "ya na wa kwa katika ni la za hiyo kuwa huyo cha hilo alisema hao pia mwa baada watu",
    "is": "og í að er á sem um til við var það fyrir ekki með en hann af hefur því eru frá",
    "ca": "de la i el que en els a les per un amb una del no és als va més però com ha",
    "hr": "i u je na se da za su od s što koji o kao a iz će do nije bi",
    "vi": "và của là có được cho các không trong một người với đã những này để khi từ ông",
    "ru": "и в не на что с по он как из за от это к его но для был о году также",
    "uk": "і в не на що з до та за від як це у про його але для був також",
    "bg": "и на в за от да се че с не е по са от като до той това ще",
    "sr": "и у је на се да за су од са што који о као а из ће до није",
    "ar": "في من على أن إلى التي عن مع الذي هذا ما بعد قال كان لا هذه بين قد خلال",
    "fa": "و در به از که این را با است برای آن یک خود تا بر های می شد",
    "ur": "کے میں کی ہے اور سے کا کو نے پر یہ کہ ہیں اس تھا نہیں ایک",
    "zu": "ukuthi futhi kodwa ngoba le lo uthe kule ukuze kanye uma njengoba",
    "xh": "ukuba kwaye kodwa ngenxa le lo uthi kule ukuze kunye xa njengoko",
    "af": "die van en in is het nie dat wat op vir met te sy hy aan om sal was word",
}
_INDEX: dict[str, list[str]] = {}
for _language, _list in _WORDS.items():
    for _word in _list.split():
        _INDEX.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"^([a-zA-Z]{2})(?:[-_].*)?$")


def detect(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the text's language, or ``None`` where it cannot be told.

    Args:
        text: the article's text; its first part is enough.
        declared: what the page says (``en-GB``); decides between close relatives and where the text is short.
    """
    sample = text[:1200]
    said = _CODE.match(declared.strip()) if declared else None
    claim = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code := said[1].lower(), code) if said else None
    if not sample.isascii() and _BEYOND_LATIN.search(sample):
        letters = (len(_WORD.sub("", sample)) and sum(map(str.isalpha, sample))) or 1
        for language, script in _SCRIPTS:
            share = len(script.findall(sample)) / letters
            if share > (0.1 if language == "ja" else 0.3):
                return claim if language == "hi" and claim in ("mr", "ne") else language
    counts: dict[str, int] = {}
    words = _WORD.findall(sample.lower())
    for word in words:
        if word in _INDEX:
            for name in _INDEX[word]:
                counts[name] = counts.get(name, 0) + 1
    if not counts:
        return claim
    best = max(counts, key=lambda name: counts[name])
    hits = counts[best]
    if claim and (claim not in _WORDS or counts.get(claim, 0) >= 0.8 * hits or hits < max(5, 0.08 * len(words))):
        return claim
    return best if hits >= max(3, 0.08 * len(words)) else claim
