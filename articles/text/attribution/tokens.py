"""Tokens of a paragraph with their places, and the little words that clauses are made of. English."""

import re
from typing import NamedTuple

from articles.text.attribution.lexicon import Lexicon, Word

_TOKEN = re.compile(
    r"(?P<mark>'''(?!')|''|``|[\"“”„«»])"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Capt|Sgt|St|Jr|Sr|Rev|Inc|Corp|vs|[A-Z])\.(?:[A-Z]\.)*"
    r"|n[’']t\b|\w+(?:[’'.,-]\w+)*(?:[’'](?=\s))?|—|–|―|--+|\.\.\.+|…|[^\w\s]"
)


class Token(NamedTuple):
    """`low` is in small letters with plain apostrophes. `verb`, `noun` and `adjective` are what the lexicon has for it.
    `within` numbers the quotation it is part of, marks included; −1 outside of all."""

    text: str
    low: str
    start: int
    end: int
    verb: Word | None
    noun: Word | None
    adjective: Word | None
    within: int = -1


def tokenise(text: str, lexicon: Lexicon) -> list[Token]:
    verbs, nouns, adjectives = lexicon.verbs, lexicon.nouns, lexicon.adjectives
    found = []
    for match in _TOKEN.finditer(text):
        # “US” is a country, not “us”.
        low = '"' if match["mark"] else "u.s." if match[0] == "US" else match[0].lower().replace("’", "'")
        words = verbs.get(low), nouns.get(low), adjectives.get(low)
        found.append(Token(match[0], low, *match.span(), *words))
    return found


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


DASHES = frozenset({"—", "–", "--", "---", "-", "―"})
PERSONAL = word_set("he she they it i we you")
OBJECT_PRONOUNS = word_set("him her them me us you it himself herself themselves itself myself ourselves")
POSSESSIVES = word_set("his her its their our my your")
DETERMINERS = (
    word_set("a an the this these those some any no another each every both all several many most few") | POSSESSIVES
)
AUXILIARIES = word_set("""
    is are was were be been being am has have had having do does did will would can could may might shall should must
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't
    shouldn't not never n't
""")
BE = word_set("is are was were be been being am isn't aren't wasn't weren't get got gets 're 'm 's")
HAVE = word_set("has have had having hasn't haven't hadn't 've 'd")
NEGATIONS = word_set(
    "not never n't isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot"
)
ADVERBS = word_set("""
    also then later often never still once just again now ever even always sometimes soon instead further too
    perhaps thus already reportedly both twice once since here there earlier today tonight yesterday
    aloud alike
""")
NOT_ADVERBS = word_set("""
    family ally reply rally supply july italy early daily weekly monthly only friendly likely assembly bully fly apply
    rely imply
    carly kelly sally billy emily molly holly polly lily beverly kimberly jolly willy reilly connolly donnelly lilly
    connelly crowley italy july sicily bully melancholy
""")
PREPOSITIONS = word_set("""
    of in on at by for with about against from into during including until between through over before after under
    within without upon toward towards among amid across behind beyond near despite regarding per via like since
    throughout outside inside around along alongside except as to ahead
""")
SUBORDINATORS = word_set("""
    because although though while if unless whereas when whenever where after before since until once as whether
    than so even
""")
RELATIVES = word_set("who which that whom whose where")
_CONTRACTED = word_set("he she they it i we you who that there what")
WH = word_set("that whether if how why what when where who which whom")
CONJUNCTIONS = word_set("and but or nor yet")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set("""january february march april may june july august september october november december
    jan. feb. aug. sept. oct. nov. dec. jan feb aug sept oct nov dec""")
TIMES = (
    WEEKDAYS
    | word_set("""yesterday today tonight recently earlier later last next week month year morning
    afternoon evening night day days weeks months years ago early late weekend hours minutes""")
    | MONTHS
)
# Where statements are made: “in a statement”, “on Twitter”.
VENUES = (
    word_set("""statement interview speech tweet letter email e-mail conference briefing post memo report article book
    release column debate rally hearing op-ed editorial essay message call twitter facebook video news segment show cnn
    press event testimony filing court address remarks comments blog ad tweets monday tuesday wednesday thursday friday
    saturday sunday reporters telephone phone podcast fox msnbc nbc abc cbs program appearance monday's radio
""")
    | MONTHS
)
COMMON_VERBS = word_set("""
    went came made took got gave began became left kept held brought sent spent lost won met ran led stood sat rose fell
    grew drew broke chose drove wore paid sold bought caught taught built threw flew ate drank let put set cut hit beat
    goes comes makes takes gets gives begins becomes leaves keeps holds brings sends spends loses wins meets runs leads
    stands sits rises falls grows draws breaks chooses remains includes needs uses works lives plays helps
    turns starts seems appears shook bore tore struck hung swung sang rang sank shot fled fed laid lay rode dealt
    sued died lied slept swept wept bent lent dug stuck spun threw blew hid bit withdrew undertook forgot forgave arose
    awoke
""")


def singular(word: str) -> str:
    """A guess from its ending; short words stay."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def is_word(token: Token) -> bool:
    return token.text[0].isalnum()


def is_adverb(low: str) -> bool:
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in NOT_ADVERBS)


def is_contracted(low: str) -> bool:
    """“he’s”, “they’ve”: a subject with its auxiliary."""
    subject, mark, tail = low.partition("'")
    return bool(mark) and subject in _CONTRACTED and tail in ("s", "re", "ve", "d", "ll", "m")


def is_auxiliary(low: str) -> bool:
    return low in AUXILIARIES or low.endswith("n't")
