"""Cues: the reporting words that tell who says a statement, “said” or “according to”. English."""

import re
from collections.abc import Iterator

from articles.text.kinds import OPENING_MARKS
from articles.text.selecting import sentence_around, snapped

# A verb a line by which reports say that somebody states, believes or denies something, in the forms that are looked
# for. Base forms serve plural speakers (“officials say”). Left out are forms that mostly are something else: state.
_FORMS = """
accuse accuses accused accusing
acknowledge acknowledges acknowledged acknowledging
add adds added adding
admit admits admitted admitting
affirm affirms affirmed affirming
agree agrees agreed agreeing
allege alleges alleged alleging
announce announces announced announcing
argue argues argued arguing
ask asks asked asking
assert asserts asserted asserting
assess assesses assessed assessing
assure assures assured assuring
blame blames blamed blaming
believe believes believed believing
caution cautions cautioned cautioning
cite cites cited citing
claim claims claimed claiming
comment comments commented commenting
complain complains complained complaining
concede concedes conceded conceding
conclude concludes concluded concluding
condemn condemns condemned condemning
confirm confirms confirmed confirming
contend contends contended contending
declare declares declared declaring
demand demands demanded demanding
deny denies denied denying
describe describes described describing
disclose discloses disclosed disclosing
dismiss dismisses dismissed dismissing
dispute disputes disputed disputing
emphasise emphasises emphasised emphasising
emphasize emphasizes emphasized emphasizing
estimate estimates estimated estimating
explain explains explained explaining
indicate indicates indicated indicating
inform informs informed informing
insist insists insisted insisting
maintain maintains maintained maintaining
mention mentions mentioned mentioning
note notes noted noting
observe observes observed observing
pledge pledges pledged pledging
post posts posted posting
predict predicts predicted predicting
quote quotes quoted quoting
recall recalls recalled recalling
reiterate reiterates reiterated reiterating
reject rejects rejected rejecting
remark remarks remarked remarking
repeat repeats repeated repeating
reply replies replied replying
report reports reported reporting
respond responds responded responding
reveal reveals revealed revealing
say says said saying
stated stating
stress stresses stressed stressing
suggest suggests suggested suggesting
suspect suspects suspected suspecting
tell tells told telling
testify testifies testified testifying
think thinks thought thinking
tweet tweets tweeted tweeting
urge urges urged urging
vow vows vowed vowing
warn warns warned warning
write writes wrote written writing
"""
# Of these what is as often a noun, and the words after which it is one.
_NOUNS = """
claim claims comment comments demand demands dispute disputes estimate estimates note notes pledge pledges post posts
quote quotes remark remarks reply replies report reports reporting suspect suspects thought tweet tweets vow vows
warning writing
"""
_BEFORE_NOUNS = """
a an the this that these those some any no such his her its their our my your
of in by for from with earlier early initial first latest recent previous media news
"""
# After these a form tells what did not happen or may not have: “if confirmed”, “refused to say”.
_NO_CUE_AFTER = frozenset({"if", "unless", "until", "once", "to"})

_CUES = frozenset(_FORMS.split())
_NOUNS_TOO = frozenset(_NOUNS.split())
_DETERMINERS = frozenset(_BEFORE_NOUNS.split())
_WORD = re.compile(r"(?<![\w’'‑-])(?:(?P<phrase>according\s+to)|[a-z]+)(?![\w’'‑-])", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(\w+)\W+\Z")


def cues_in(text: str) -> list[tuple[int, int]]:
    """Where all reporting words of a text stand, in order. Linear in the text."""
    return [match.span() for match in _WORD.finditer(text) if _is_cue(match)]


def cue_near(text: str, start: int, end: int) -> str:
    """The reporting words nearest to a span in its sentences but outside of it, as worded; empty if there are none.

    Of two at the same distance the one after the span is taken. A quotation that makes a sentence of its own may go on
    after its cue (“…,” he said. “…”): then the sentence before is read too. Linear in the text.
    """
    span = snapped(text, start, end, exact=True)
    if span is None:
        return ""
    first, last = sentence_around(text, *span)
    cues = list(_cues(text, first, last, span))
    if not cues and first > 0 and re.match(f"[{OPENING_MARKS}]", text[span[0]]):
        cues = list(_cues(text, sentence_around(text, first - 2, first - 1)[0], first, span))
    return min(cues)[2] if cues else ""


def _cues(text: str, first: int, last: int, span: tuple[int, int]) -> Iterator[tuple[int, bool, str]]:
    """Of each cue outside of the span its distance, whether it stands before the span, and its words."""
    for match in _WORD.finditer(text, first, last):
        before = match.end() <= span[0]
        if (before or match.start() >= span[1]) and _is_cue(match):
            yield span[0] - match.end() if before else match.start() - span[1], before, match[0]


def _is_cue(match: re.Match[str]) -> bool:
    word = match[0].casefold()
    if word not in _CUES and not match["phrase"]:
        return False
    found = _WORD_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()])
    before = found[1].casefold() if found else ""
    return before not in _NO_CUE_AFTER and not (word in _NOUNS_TOO and before in _DETERMINERS)
