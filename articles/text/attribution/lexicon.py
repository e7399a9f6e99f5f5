"""The reporting words of English, with their kinds and with what may follow them. Data; the rules are elsewhere.

A line is a word and, after a colon, its frames: what may stand for what is said.
    c   a clause, with or without “that”: “said (that) the road was closed”
    t   a clause with “that”, “whether”, “how” … only: “feared that …”
    q   a quotation or a colon
    o   somebody may stand between: “told reporters that …”
    n   any object: “denied the charge”, “called it a mistake”
    M   “clear” or “known” and a clause: “made it clear that”
    i   an infinitive: “promised to pay”
    for, on, of …   a preposition and what follows it: “called for talks”
Irregular forms stand in IRREGULAR; all others are made by rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    SAY = "say"
    ASK = "ask"
    THINK = "think"
    DENY = "deny"
    WARN = "warn"
    ESTIMATE = "estimate"
    PROMISE = "promise"
    DEMAND = "demand"
    JUDGE = "judge"
    SHOW = "show"
    SEEM = "seem"


VERBS: dict[Kind, str] = {
    # Puts into words.
    Kind.SAY: """
        make:M answer:q reference:n extol:n herald:n frame:n attribute:n trumpet:n profess:ni email:q text:q
        fret:c,about,over posit:cn surmise:c concur:cq,with recite:n reflect:on rave:q,about rant:q,about
        publish:n release:n issue:n invoke:n respond:to reply:to vent:t,about grouse:cq,about brief:on
        illustrate:tn say:cq
        add:tq tell:cqo,of write:cq,of,about,that state:tq note:cqn report:cqn announce:cqn
        argue:cq,for,against explain:cqn claim:cqni assert:cqn declare:cqn contend:cq maintain:tq insist:cq,on
        acknowledge:cqn admit:tqn,to concede:cqn confirm:cqn affirm:cqn recall:cqn remark:cq observe:cq
        reply:cq respond:tq tweet:cqn retweet:qn continue:q conclude:cqn stress:cqn emphasize:cqn
        emphasise:cqn reiterate:cqn repeat:tqn mention:tqn inform:tqo assure:cqo remind:cqo,of notify:to
        testify:cq comment:tq,on joke:cq,about quip:cq allege:cqn suggest:cqn hint:cq,at imply:cq indicate:cq
        signal:tq reveal:cqn disclose:cqn divulge:n elaborate:q,on describe:tn,as portray:n,as depict:n,as
        characterize:n,as characterise:n,as call:nq label:n dub:n brand:n cite:n quote:n list:n outline:n
        highlight:n underscore:tn discuss:n point:q,to,out refer:to allude:to speak:q,of,about talk:q,about
        tout:n lament:cqn complain:cq,about,of grumble:q,about boast:cq,of,about brag:cq,about gripe:q,about
        muse:cq,about opine:cq proclaim:cqn pronounce:n chant:q shout:q yell:q scream:q cry:q whisper:q
        mutter:q exclaim:q interject:q recount:tqn relate:tq echo:qn post:tqn read:q counter:cq retort:cq
        rejoin:q chime:q intone:q confide:cq boom:q beam:q thunder:q preach:n
        theorize:cq relay:tn caution:cq,against confess:cq,to clarify:cqn
        specify:cn reaffirm:cn restate:n summarize:qn underline:tn volunteer:q brief:on express:n voice:n
        articulate:n convey:tn communicate:tn name:n identify:n attest:tq,to swear:cq tease:n compare:n
        liken:n""",
    Kind.ASK: """
        ask:tqo,for,about question:tqn wonder:tq,about inquire:tq,about query:qn press:on probe:n""",
    # Holds in mind.
    Kind.THINK: """
        contend:with perceive:n interpret:n relish:n mull:n pray:c,for accept:n deduce:t infer:t enjoy:n
        appreciate:n believe:c think:c,of,about know:t,about feel:t,about,like hope:ci,for fear:cn expect:cin
        doubt:cn suspect:cn assume:t imagine:cn consider:n view:n see:n deem:n understand:t realize:c
        recognize:tn recognise:tn presume:c notice:t convince:tn
        look:i,for aim:i figure:c guess:c reckon:c worry:c,about,over decide:ti determine:t
        agree:ciq,with,on disagree:q,with prefer:ni want:ni wish:cin remember:tn dream:of learn:t,of hear:t
        like:i love:ni hate:n envision:n contemplate:n intend:i plan:i,on,for regret:n dread:n mourn:n
        aspire:i speculate:cq,about,on disdesire:ni ponder:tn foresee:cn anticipate:cn find:t""",
    Kind.DENY: """
        deny:tqn refute:n dispute:tn reject:qn dismiss:qn disavow:n rebut:n repudiate:n disown:n downplay:n
        contradict:n decline:i refuse:i discount:n deflect:n disclaim:n renounce:n""",
    Kind.WARN: """
        warn:cqo,of,about,against threaten:ti alert:to""",
    Kind.ESTIMATE: """
        estimate:cqn predict:cqn calculate:tn project:tn forecast:tn assess:tn gauge:n conclude:cq bet:c""",
    Kind.PROMISE: """
        reassure:cqo promise:ciqno pledge:tiq vow:ciqn offer:iqn commit:to guarantee:ctn agree:i propose:tin
        swear:ci volunteer:i""",
    # Wants others to do or to leave off.
    Kind.DEMAND: """
        mandate:n persuade:n pressure:n push:n exhort:n block:n impose:n appoint:n rule:t,out demand:tqn
        urge:tqn order:n request:tn recommend:tqn advise:tq,against advocate:n,for,against call:for,on
        plead:q,with,for beg:n implore:n push:for lobby:for,against,to press:for,n seek:i instruct:n
        challenge:n appeal:for,q vote:for,against,to petition:n veto:n approve:n propose:n float:n counsel:n
        prod:n argue:for campaign:for,against""",
    Kind.JUDGE: """
        ignore:n savage:n stand:by,with expose:n accuse:n blame:nq criticize:nq criticise:nq condemn:nq
        denounce:nq decry:n deride:nq mock:nq ridicule:nq blast:nq slam:nq attack:n assail:n praise:nq
        applaud:nq laud:n hail:n commend:n endorse:n support:n oppose:n defend:nq rip:n lambast:n lambaste:n
        castigate:n chastise:n scold:n rebuke:nq chide:n berate:n disparage:n belittle:n denigrate:n insult:n
        taunt:n skewer:n scorn:n object:q,to protest:t,against rail:against fault:n welcome:n thank:n
        congratulate:n salute:n credit:n compliment:n admire:n weigh:in balk:at
        appreciate:n apologize:for decline:i knock:n
        ding:n bemoan:n deplore:n excoriate:n pan:n vilify:n demonize:n defame:n malign:n slap:n trash:n
        charge:tq justify:n vouch:for justify:n side:with cheer:n hit:q fire:q shoot:q snap:q sneer:q
        scoff:q,at lash:out jeer:nq boo:n pooh-pooh:n minimize:n go:after lay:out
        brush:off,aside shrug:off play:down spell:out single:out strike:down turn:against come:against
        hold:up""",
    # Documents, studies and polls.
    Kind.SHOW: """
        show:cqn find:tq demonstrate:t prove:t""",
    # Nobody's name is on it.
    Kind.SEEM: """
        seem:i,t appear:i,t""",
}

# Of these an object, or what follows a preposition, is seldom words: “offered help”, “released a film”.
SELDOM_SAID = """
    push offer issue release ignore highlight frame publish enjoy block attack expose impose vote respond go hold post
    invoke underscore claim knock rip project side seek
"""

# These can hardly be done but with words, so that an object is what somebody says.
MOSTLY_SAID = """
    accuse allege applaud assert blame castigate cite commend condemn congratulate criticise criticize decline decry
    denounce deny depict deride describe disparage endorse express extol fault hail lambast lambaste lament laud
    liken mention mock outline pledge portray praise predict proclaim promise propose quote rebuke recommend
    reiterate reject ridicule scold thank tout tweet urge voice vow welcome advocate call refer
"""

# Base form: past, participle, and other forms that rules do not make.
IRREGULAR = {
    "say": "said said", "tell": "told told", "write": "wrote written", "think": "thought thought",
    "know": "knew known", "feel": "felt felt", "see": "saw seen", "understand": "understood understood",
    "read": "read read", "speak": "spoke spoken", "find": "found found", "swear": "swore sworn",
    "seek": "sought sought", "show": "showed shown", "hear": "heard heard", "foresee": "foresaw foreseen",
    "forecast": "forecast forecast", "shoot": "shot shot", "hit": "hit hit", "bet": "bet bet",
    "make": "made made", "mean": "meant meant", "withdraw": "withdrew withdrawn",
    "go": "went gone", "come": "came come", "lay": "laid laid", "strike": "struck struck", "hold": "held held",
}  # fmt: skip
# Verbs whose last consonant is doubled: “admitted”.
DOUBLED = frozenset(
    (
        "admit",
        "refer",
        "dub",
        "commit",
        "slam",
        "rip",
        "plan",
        "pan",
        "brag",
        "prod",
        "rebut",
        "slap",
        "ban",
        "prefer",
        "quip",
        "concur",
        "chat",
    )
)

# Nouns that hold what somebody says or thinks, and what ties it to them: “the claim that”, “criticism of”.
NOUNS: dict[Kind, str] = {
    Kind.SAY: """
        claim:that,of statement:that announcement:that,of assertion:that,of allegation:that,of accusation:that,of
        report:that,of argument:that,for,against admission:that,of declaration:that insistence:that,on rumor:that,of
        message:that,of comment:that,about,on remark:that,about,on suggestion:that,of explanation:that,for,of
        acknowledgment:that description:of assurance:that notion:that idea:that word:that speculation:that,about
        case:that,for,against point:that comparison:to reference:to
        revelation:that testimony:that complaint:that,about characterization:of mention:of""",
    Kind.THINK: """
        belief:that,in fear:that,of hope:that,of,for view:that,of,on opinion:that,of,on feeling:that sense:that
        conviction:that doubt:that,about suspicion:that impression:that perception:that concern:that,about,over
        worry:that,about expectation:that,of assumption:that theory:that understanding:that thought:that
        consensus:that conclusion:that realization:that confidence:that,in perspective:on""",
    Kind.DENY: "denial:that,of rejection:of dismissal:of refusal:to",
    Kind.WARN: "warning:that,of,about threat:that,to,of",
    Kind.ESTIMATE: "estimate:that,of prediction:that,of forecast:that,of assessment:that,of projection:that",
    Kind.PROMISE: """promise:that,to,of pledge:that,to vow:that,to offer:to,of commitment:to plan:to
        proposal:to,for,that""",
    Kind.DEMAND: """demand:that,for,to call:for,to request:that,for,to recommendation:that,to desire:to,for,that
        order:to,that decision:to,that wish:to,that""",
    Kind.JUDGE: """criticism:of,that support:for,of opposition:to attack:on endorsement:of praise:for condemnation:of
        defense:of charge:that,of disdain:for contempt:for admiration:for""",
    Kind.ASK: "question:about,of,whether",
    Kind.SHOW: "evidence:that,of sign:that indication:that finding:that proof:that poll:that",
}

# After “is”, “was”, “feels”: a state of mind and what follows it.
ADJECTIVES = """
    confident:that,of,about,in worried:that,about sure:that,of certain:that,of convinced:that,of hopeful:that,about
    aware:that,of optimistic:that,about skeptical:that,of,about concerned:that,about,with eager:to willing:to
    happy:that,to,with,about proud:that,of,to glad:that,to afraid:that,of,to adamant:that,about critical:of
    supportive:of disappointed:that,in,with,by unaware:that,of pleased:that,with,to,by uncertain:about,whether
    unsure:about,whether opposed:to wary:of fearful:that,of surprised:that,by,to reluctant:to unwilling:to
    furious:that,about,at angry:that,about,at,with upset:that,about,with,by interested:in dismissive:of doubtful:that
    grateful:for,that,to sorry:that,for,about fond:of enthusiastic:about determined:to excited:about,to,that
    ready:to nervous:about uncomfortable:with comfortable:with sympathetic:to committed:to tired:of clear:that,about
    frustrated:with,by,that,about mindful:of ambivalent:about dissatisfied:with satisfied:with hesitant:to
"""


@dataclass(frozen=True, slots=True)
class Word:
    """`form`: base, s, past, ing or part (a participle that differs from the past); of nouns noun."""

    lemma: str
    form: str
    frames: frozenset[str] = field(default_factory=frozenset)
    kind: Kind = Kind.SAY


def entries(text: str) -> dict[str, frozenset[str]]:
    """Words with their frames: single letters stand together, longer ones after commas."""
    found: dict[str, frozenset[str]] = {}
    for entry in text.split():
        word, _, said = entry.partition(":")
        frames: set[str] = set()
        for part in said.split(","):
            frames |= set(part) if set(part) <= set("ctqoniM") and part not in ("on", "to", "in") else {part}
        found[word] = frozenset(frames) | found.get(word, frozenset())
    return found


def forms(lemma: str) -> dict[str, str]:
    """Each form of a verb with what it is. Participles like the past count as the past."""
    stem = lemma + lemma[-1] if lemma in DOUBLED else lemma
    soft = stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem
    past_ending = "d" if stem.endswith("ee") else "ed"
    by_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    third = lemma[:-1] + "ies" if by_y else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    regular = lemma[:-1] + "ied" if by_y else soft + past_ending
    past, part = IRREGULAR.get(lemma, f"{regular} {regular}").split()
    return {
        part: "part",
        lemma: "base",
        third: "s",
        (stem if stem.endswith("ee") else soft) + "ing": "ing",
        past: "past",
    }


def _verbs(text: Mapping[Kind, str]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for kind, lines in text.items():
        for lemma, frames in entries(lines).items():
            for written, form in forms(lemma).items():
                known = found.get(written)
                both = frames | known.frames if known else frames
                found[written] = Word(lemma, form, both, known.kind if known else kind)
    return found


def _nouns(text: Mapping[Kind, str]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for kind, lines in text.items():
        for lemma, frames in entries(lines).items():
            plural = lemma[:-1] + "ies" if lemma.endswith("y") else lemma + ("es" if lemma.endswith("s") else "s")
            found[lemma] = Word(lemma, "noun", frames, kind)
            found[plural] = Word(lemma, "noun", frames, kind)
    return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Reporting words by their forms, in small letters: what finding claims knows of the words that report."""

    verbs: Mapping[str, Word]
    nouns: Mapping[str, Word]
    adjectives: Mapping[str, Word]


@cache
def english() -> Lexicon:
    """The words above."""
    adjectives = {word: Word(word, "adj", frames, Kind.THINK) for word, frames in entries(ADJECTIVES).items()}
    return Lexicon(_verbs(VERBS), _nouns(NOUNS), adjectives)
