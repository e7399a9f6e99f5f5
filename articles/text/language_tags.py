"""Tags of languages, as RFC 5646 (BCP 47) builds them: “en”, “pt-BR”, “sr-Latn”, “zh-Hans-TW”.

What screen readers, hyphenation and search make of a text hangs on its tag, and none of them says that it knows it not.
"""

import re
from pathlib import Path

# Of two letters: all that ISO 639-1 has.
_TWO_LETTERS = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_OF_TWO_LETTERS = frozenset(_TWO_LETTERS.split())
# Of three: all that ISO 639-3 and, for families, ISO 639-5 had in 2023. `qaa` to `qtz` are for whoever needs more.
_OF_THREE_LETTERS = frozenset((Path(__file__).parent / "languages.txt").read_text(encoding="ascii").split())
_OF_ONES_OWN = re.compile("q[a-t][a-z]")
_TAG = re.compile(
    r"""
    ([a-z]{2,3}) ((?:-[a-z]{3}){0,3})   # the language
    (-[a-z]{4})?                        # its script
    (-(?:[a-z]{2}|[0-9]{3}))?           # where it is written
    (-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
    (-[0-9a-wy-z](-[a-z0-9]{2,8})+)*
    (-x(-[a-z0-9]{1,8})+)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def is_language_tag(tag: str) -> bool:
    """Whether it is built as a tag is, and names a language that there is."""
    match = _TAG.fullmatch(tag)
    return match is not None and all(map(_is_language, f"{match[1]}{match[2]}".lower().split("-")))


def _is_language(code: str) -> bool:
    return code in _OF_TWO_LETTERS or code in _OF_THREE_LETTERS or _OF_ONES_OWN.fullmatch(code) is not None
