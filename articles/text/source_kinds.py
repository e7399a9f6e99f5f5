"""Kinds of sources: what the words of a name say of who bears it, and the name without its article. English.

    kind_of("Interior Ministry") == "government"
    kind_of("Syrian Army general command") == "military"
    without_article("The Interior Ministry") == "Interior Ministry"

The word that a name is built on decides: the last one that tells, before “of” and the like if one stands there.
"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:[.’'-][^\W\d_]+)*\.?")
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_AFTER_HEAD = frozenset({"of", "for", "in", "on", "at", "against", "to"})
# Words of kinds, as the kinds of sources are called.
_WORDS = {
    "military": """
        military army navy forces force command brigade brigades militia militias marines battalion regiment division
        pentagon troops guards coalition nato
    """,
    "government": """
        ministry department government administration parliament senate congress embassy consulate court police kremlin
        cabinet authorities authority municipality prosecutor presidency council
    """,
    "officials": "officials official sources source diplomats officers commanders",
    "agency": "reuters tass xinhua afp sana irna anadolu",
    "outlet": """
        newspaper times post guardian herald tribune telegraph gazette observer journal magazine broadcaster television
        tv radio channel
    """,
    "organisation": """
        organisation organization union association committee institute university foundation fund observatory watch
        group society party league federation company corporation bank commission nations charity centre center
    """,
    "person": "mr mrs ms dr gen col capt maj sgt lt sen rep gov sir",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
TITLES = frozenset(_WORDS["person"].split())
# Two words that say what neither says alone.
_PAIRS = {
    "news agency": "agency",
    "press agency": "agency",
    "associated press": "agency",
    "white house": "government",
}


def kind_of(name: str) -> str:
    """The kind of source, as `Source.Kind` has it; empty where the words do not say."""
    words = [word.casefold().rstrip(".") for word in _WORD.findall(name)]
    if not words:
        return ""
    if words[0] in TITLES and len(words) > 1:
        return "person"
    head = next((at for at, word in enumerate(words) if at and word in _AFTER_HEAD), len(words))
    return _told(words[:head])


def _told(words: list[str]) -> str:
    """By the last word or pair that tells; a title tells in front of a name alone."""
    for at in range(len(words) - 1, -1, -1):
        pair = " ".join(words[max(at - 1, 0) : at + 1])
        if kind := _PAIRS.get(pair) or ("" if words[at] in TITLES else _KINDS.get(words[at], "")):
            return kind
    return ""


def without_article(name: str) -> str:
    """“The Guardian” and “The Hague” keep their own; a name that begins small begins large."""
    found = _ARTICLE.match(name)
    if found is None:
        return name
    rest, kind = name[found.end() :], kind_of(name)
    is_title = rest[0].isupper() and " " not in rest and not kind
    if name[0].isupper() and (kind == "outlet" or is_title):
        return name
    return rest[0].upper() + rest[1:]
