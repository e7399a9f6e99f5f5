"""Institutions: the names of ministries in one order of words, since reports use several. English.

    in_one_order("russian ministry of defense".split()) == "russian defense ministry".split()
    in_one_order("defense ministry of the russian federation".split()) == "russian defense ministry".split()

Words come as `naming` folds them: without case and “’s”, in American spelling.
"""

from collections.abc import Sequence

_HEADS = frozenset({"ministry", "department"})
# What a ministry is for, where it is said in more ways than one.
_FIELDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("foreign", "affairs"): ("foreign",),
    ("internal", "affairs"): ("interior",),
}
# A country, and what is of it. Those of two words are known by their last one: “North Korea”.
_PAIRS = """
    afghanistan afghan, albania albanian, algeria algerian, argentina argentinian, armenia armenian, australia
    australian, austria austrian, azerbaijan azerbaijani, bahrain bahraini, bangladesh bangladeshi, belarus
    belarusian, belgium belgian, bolivia bolivian, bosnia bosnian, brazil brazilian, britain british, bulgaria
    bulgarian, cambodia cambodian, cameroon cameroonian, canada canadian, chad chadian, chile chilean, china
    chinese, colombia colombian, congo congolese, croatia croatian, cuba cuban, cyprus cypriot, denmark danish,
    ecuador ecuadorian, egypt egyptian, estonia estonian, ethiopia ethiopian, finland finnish, france french,
    georgia georgian, germany german, ghana ghanaian, greece greek, hungary hungarian, iceland icelandic, india
    indian, indonesia indonesian, iran iranian, iraq iraqi, ireland irish, israel israeli, italy italian, japan
    japanese, jordan jordanian, kazakhstan kazakh, kenya kenyan, korea korean, kosovo kosovar, kuwait kuwaiti,
    kyrgyzstan kyrgyz, latvia latvian, lebanon lebanese, libya libyan, lithuania lithuanian, malaysia malaysian,
    mali malian, mexico mexican, moldova moldovan, mongolia mongolian, montenegro montenegrin, morocco moroccan,
    mozambique mozambican, myanmar burmese, nepal nepali, netherlands dutch, nigeria nigerian, norway norwegian,
    oman omani, pakistan pakistani, palestine palestinian, peru peruvian, philippines philippine, poland polish,
    portugal portuguese, qatar qatari, romania romanian, russia russian, rwanda rwandan, senegal senegalese,
    serbia serbian, slovakia slovak, slovenia slovenian, somalia somali, spain spanish, sudan sudanese, sweden
    swedish, switzerland swiss, syria syrian, taiwan taiwanese, tajikistan tajik, tanzania tanzanian, thailand
    thai, tunisia tunisian, turkey turkish, turkmenistan turkmen, uganda ugandan, ukraine ukrainian, uzbekistan
    uzbek, venezuela venezuelan, vietnam vietnamese, yemen yemeni, zambia zambian, zimbabwe zimbabwean
"""
_COUNTRIES = dict(pair.split() for pair in _PAIRS.split(","))
_ARTICLES = frozenset({"a", "an", "the"})
_FEDERATIONS: dict[tuple[str, ...], str] = {("russian", "federation"): "russian"}


def in_one_order(words: Sequence[str]) -> list[str]:
    """The words with each ministry in them as “COUNTRY’S FIELD ministry”, the country by its adjective. All others
    stay as they are. What is in order stays."""
    ordered = _ordered(words)
    # It may come to stand beside others: “foreign ministry of affairs”.
    return ordered if ordered == list(words) else in_one_order(ordered)


def _ordered(words: Sequence[str]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(words):
        if words[at] not in _HEADS:
            found.append(words[at])
            at += 1
            continue
        field, after = _field(words, at + 1)
        owner, after = _owner(words, after)
        if owner and not field and found and found[-1] not in _ARTICLES:
            field = (found.pop(),)
        found = _of_a_country(found, with_field=not field)
        found += [*owner, *field, words[at]]
        at = after
    return found


def _field(words: Sequence[str], at: int) -> tuple[tuple[str, ...], int]:
    """What follows as “of the FIELD”, and where the text goes on. Neither a country nor another ministry is a field."""
    start = _past(words, at)
    if start == at or start >= len(words) or words[start] in _HEADS | _COUNTRIES.keys() or _federation(words, start):
        return (), at
    end = start + (2 if words[start + 1 : start + 2] == ["affairs"] else 1)
    field = tuple(words[start:end])
    return _FIELDS.get(field, field), end


def _owner(words: Sequence[str], at: int) -> tuple[list[str], int]:
    """Whose it is, where that follows: “of the COUNTRY”."""
    start = _past(words, at)
    if start > at and (owner := _federation(words, start)):
        return [owner], start + 2
    if start > at and start < len(words) and words[start] in _COUNTRIES:
        return [_COUNTRIES[words[start]]], start + 1
    return [], at


def _of_a_country(before: list[str], *, with_field: bool) -> list[str]:
    """The words before a ministry, a country among them by its adjective; `with_field`: they end in what it is for."""
    if not with_field:
        return [*before[:-1], *(_COUNTRIES.get(word, word) for word in before[-1:])]
    field = tuple(before[-2:])
    if field in _FIELDS:
        before = [*before[:-2], *_FIELDS[field]]
    return [*before[:-2], *(_COUNTRIES.get(word, word) for word in before[-2:-1]), *before[-1:]]


def _past(words: Sequence[str], at: int) -> int:
    """Past “of the”, where that stands; else there."""
    if words[at : at + 1] != ["of"]:
        return at
    return at + 2 if words[at + 1 : at + 2] == ["the"] else at + 1


def _federation(words: Sequence[str], at: int) -> str:
    return _FEDERATIONS.get(tuple(words[at : at + 2]), "")
