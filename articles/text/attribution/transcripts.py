"""Transcripts and headlines: a name, a colon, and what is said, “SMITH: I was there.”"""

from articles.text.attribution.drafts import Draft
from articles.text.attribution.lexicon import Kind
from articles.text.attribution.quotations import Paragraph
from articles.text.attribution.tokens import Token, is_word, word_set

_LONGEST_NAME = 6
# Before a colon these announce something and name nobody.
_NO_NAMES = word_set("""breaking exclusive watch video read update updated live photos opinion analysis editorial note
    correction related more photo also here fact q a contributing reporting editing live-blog question answer listen
    see image source tags category topics twitter email facebook phone today tomorrow latest revealed look wow
    report byline alert""")
# “Moor to Port Board: …” names whom he speaks to as well, “Moor at Port Board” where.
_TO = word_set("to on")
_WITHIN = word_set("at in of the and for")


def find_transcript(paragraph: Paragraph) -> Draft | None:
    """All of a paragraph that begins with a name in capitals; of a headline, one that begins with any name."""
    tokens = paragraph.tokens
    colon = next((at for at, token in enumerate(tokens[: _LONGEST_NAME + 1]) if token.low == ":"), None)
    if not colon or colon + 2 >= len(tokens) or any(token.low in _NO_NAMES for token in tokens[:colon]):
        return None
    name = [token for token in tokens[:colon] if is_word(token)]
    # “Mayor Praises Port: …” tells of something, and names nobody.
    tells = any(token.verb and token.verb.form in ("s", "past") and not token.noun for token in name[1:])
    is_named = bool(name) and not tells and all(_is_of_name(token) for token in name) and name[0].text[0].isupper()
    in_capitals = is_named and all(token.text.isupper() for token in name) and len(name[-1].text) > 1
    in_headline = is_named and paragraph.index == 0 and len(paragraph.pieces) == 1
    if not in_capitals and not in_headline:
        return None
    last = len(tokens)
    while last > colon + 1 and not is_word(tokens[last - 1]) and tokens[last - 1].within < 0:
        last -= 1
    end = next((at for at in range(1, colon) if tokens[at].low in _TO), colon)
    return Draft(paragraph, [(colon + 1, last)], (0, end), (colon, colon + 1), Kind.SAY, "transcript", ":")


def _is_of_name(token: Token) -> bool:
    return token.text[0].isupper() or token.low in _WITHIN | _TO
