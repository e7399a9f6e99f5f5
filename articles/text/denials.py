"""Cues that turn what follows: “denied that it had fired” does not say that it had. In the languages of reports."""

import re
import unicodedata
from functools import lru_cache

# Beginnings of words by which somebody denies, rejects or leaves open what is said; a full stop ends those that stand
# for themselves alone. Negations are among them: “did not confirm”, “hat nicht bestätigt”.
_WORDS = """
deny. denie denying. denial disput refut reject rebut repudiat dismiss disavow disown contradict doubt. doubts. doubted.
doubting. question. questioned. questions. questioning. declin refus unable. unconfirmed. unclear. cannot. never.
neither. nor. not. no. without.
bestreit bestritt dementi widersprach. widerspricht. widersprochen. widerlegt. zuruckgewiesen. zuruckwies. zuruckweis
zweifel bezweifel nicht. kein weder. ohne.
dement. dementi dementent. nie. nient. niait. niaient. niant. refute rejett pas. jamais. sans.
niega. niegan. nego. negaron. negado. negaba. desmient desminti rechaz rechac nunca. sin.
nega. negam. negou. negaram. desment. rejeit. nao. smentisc smenti. smentit negato. negano. non.
отриц отверг опроверг оспор не. ни. без.
نفى. نفت. نفي. نفوا. ينفي. تنفي. ونفى. ونفت. نافيا. نافية. انكر انكار ينكر تنكر كذب لم. لا. لن. دون. رفض ترفض. يرفض.
yalanla reddet reddedi inkar değil. 否认 否認 否定
"""


def _pattern() -> re.Pattern[str]:
    return re.compile(rf"{'|'.join(map(_one, _plain(_WORDS).split()))}|n['’]t\b|\b(?:ruled?|ruling) out\b")


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
