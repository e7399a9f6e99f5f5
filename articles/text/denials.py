"""Cues that turn what follows: “denied that it had fired” does not say that it had.

English first; of Arabic, Chinese, Dutch, French, German, Greek, Hebrew, Hindi, Italian, Persian, Polish, Portuguese,
Russian, Spanish, Swedish, Turkish and Ukrainian the common words.
"""

import re
import unicodedata
from functools import lru_cache

# Beginnings of words by which somebody denies, rejects or leaves open what is said; a full stop ends those that stand
# for themselves alone. Negations are among them: “did not confirm”, “hat nicht bestätigt”.
_WORDS = """
deny. denie denying. denial disput refut reject rebut repudiat dismiss disavow disown contradict contested.
contests. contesting. doubt. doubts. doubted. doubting. questioned. declin refus unable. unconfirmed. unclear. cannot.
never. neither. nor. not. no.
bestreit bestritt dementi widersprach. widerspricht. widersprochen. widerlegt. zuruckgewiesen. zuruckwies. zuruckweis
zweifel bezweifel nicht. kein weder.
ontken weerleg weersprak niet. geen. fornek dementer inte. ingen.
dement. nie. nient. niait. niaient. niant. rejett pas. jamais.
niega. niegan. nego. negaron. negado. negaba. desmient desminti rechaz rechac nunca.
nega. negam. negou. negaram. desment. rejeit. nao. smentisc smenti. smentit negato. negano. non.
zaprzecz odrzuc nie. отриц отверг опроверг оспор не. ни. запереч спростув
διαψευ διεψευ αρνηθ αρνειται. δεν. הכחיש הכחישה מכחיש לא.
نفى. نفت. نفي. نفوا. ينفي. تنفي. نافيا. نافية. انكر انكار ينكر تنكر كذب لم. لا. لن. رفض ترفض. يرفض. تکذیب
yalanla reddet reddedi inkar değil. इनकार खंडन नहीं 否认 否認 否定
"""


def _pattern() -> re.Pattern[str]:
    return re.compile(rf"{'|'.join(map(_one, _plain(_WORDS).split()))}|n['’]t\b|\brul(?:e|es|ed|ing) (?:\w+ )?out\b")


def _one(word: str) -> str:
    """Arabic writes “and” with the word, Chinese has no blanks."""
    if word >= "\u4e00":
        return word
    and_ = "[وف]?" if word >= "\u0600" else ""
    return rf"\b{and_}{word.removesuffix('.')}" + (r"\b" if word.endswith(".") else "")


def _plain(words: str) -> str:
    """Without case and marks."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


_TURNING = _pattern()


@lru_cache(10_000)
def turns(cue: str) -> bool:
    """Whether somebody denies what the cue leads to, or leaves it open, instead of stating it."""
    return bool(_TURNING.search(_plain(cue)))
