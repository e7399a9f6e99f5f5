"""Annotations of articles that are on the desk already → claims. What is there stays; nothing is removed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, groupby
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.db import transaction

from articles.importing.annotation_files import Item, read_items
from articles.importing.claims import ClaimsImport, Plan
from articles.importing.files import ArticleFileError
from articles.importing.outcomes import Imported, Outcome
from articles.importing.web_annotation import Annotation, Target
from articles.models import Article, Changeset, Claim, Highlight, Paragraph, Revision
from articles.models.roles import Visitor
from articles.models.uid import new_uid
from articles.snapshots import Draft, content
from articles.text.anchoring import Anchoring, Sought
from articles.text.kinds import Kind
from articles.text.offsets import OffsetMap
from articles.text.parsing import Block, ParsedText, TextError, decode, parse
from articles.text.quotes import Found, find
from articles.writing.editing import EditError, open_changeset, prepare

# Of one article, taken in one transaction.
AT_ONCE = 500
_OURS = re.compile(r"/articles/([-\w]+)/?\Z")


class Fate(StrEnum):
    """What became of an item. Each has exactly one."""

    PLACED = "placed"
    REWORDED = "reworded"
    ORPHANED = "orphaned"
    UNCHANGED = "unchanged"
    KEPT = "kept (edited)"
    REJECTED = "rejected"

    @property
    def heading(self) -> str:
        return self.value.capitalize()

    @property
    def needs_a_look(self) -> bool:
        return self in {Fate.REWORDED, Fate.ORPHANED, Fate.REJECTED}

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Fate.PLACED: "The same words stand in the text.",
    Fate.REWORDED: "Found by likeness: the claim holds the words that stand there.",
    Fate.ORPHANED: "Not found without doubt: kept for editors, drawn nowhere.",
    Fate.UNCHANGED: "Here already, and the same.",
    Fate.KEPT: "An editor has changed or deleted it since: it stays so.",
    Fate.REJECTED: "Not taken, for the reason beside it.",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """`reason` is a sentence, where there is something to say. `words` are the first that it marks, in `article`.
    `is_suggestion`: the claim that is made or changed is for editors to accept or reject. `changeset` is the id of the
    act that makes or changes it."""

    line: int
    fate: Fate
    reason: str = ""
    words: str = ""
    article: Article | None = None
    is_suggestion: bool = False
    changeset: str = ""


def import_annotations(path: Path, editor: Visitor | None = None) -> Iterator[Taken]:
    """Items of one article that follow each other are taken together, in one transaction for each 500. Importing
    again changes nothing: claims are known by their public ids. Raises ArticleFileError for a file that is none.

    All that is done to one article can be undone together (`undoing`)."""
    run = new_uid()
    for (address, text), items in groupby(read_items(path), key=lambda item: (item.article, item.text)):
        article = None
        while some := list(_first(items)):
            good = [item for item in some if item.annotation]
            article = article or (_article(address, text) if good else None)
            yield from (Taken(one.line, Fate.REJECTED, one.reason) for one in some if not one.annotation)
            if article is None:
                reason = f"No article here has the address “{address:.120}”." if address else "It names no article."
                yield from (Taken(one.line, Fate.REJECTED, reason, _words(one)) for one in good)
            elif good:
                for item, taken in zip(good, _take(article, good, path, editor, run), strict=True):
                    yield replace(taken, words=_words(item), article=article)


def _words(item: Item) -> str:
    return item.annotation.targets[0].exact if item.annotation else ""


def _first(items: Iterator[Item]) -> Iterator[Item]:
    for _, item in zip(range(AT_ONCE), items, strict=False):
        yield item


def _article(address: str, text: str) -> Article | None:
    """By its page here, whatever the host; by its slug; by its address at the outlet; or by its text."""
    if text:
        return _with_text(text)
    try:
        ours = _OURS.search(unquote(urlsplit(address).path))
    except ValueError:
        return None
    slug = ours[1] if ours else address.removesuffix(".txt")
    if "\x00" in slug:
        return None
    published = Article.objects.filter(url=address) | Article.objects.filter(archive_url=address)
    return Article.objects.named(slug).first() or published.exclude(url="").order_by("-version_number").first()


def _with_text(text: str) -> Article | None:
    given = text.encode(errors="replace")
    if same := Article.objects.of_text(sha256(given).hexdigest()).first():
        return same
    try:
        blocks = [block.text for block in parse(decode(given)).blocks]
    except TextError:
        return None
    begun = Article.objects.filter(paragraphs__position=0, paragraphs__text=blocks[0]).order_by("pk")
    texts = (list(one.paragraphs.order_by("position").values_list("text", flat=True)) for one in begun)
    return next((one for one, found in zip(begun, texts, strict=True) if found == blocks), None)


def _take(article: Article, items: Sequence[Item], path: Path, editor: Visitor | None, run: str) -> list[Taken]:
    try:
        with transaction.atomic():
            said = {"annotations": path.name, "import": run}
            changeset = open_changeset(Changeset.Kind.IMPORT, editor, article, summary=path.name[:300], details=said)
            return _AnnotationsImport(article, items[0].text, changeset, path).take(items)
    except ArticleFileError as error:
        return [Taken(one.line, Fate.REJECTED, error.message) for one in items]


class _AnnotationsImport(ClaimsImport):
    def __init__(self, article: Article, text: str, changeset: Changeset, path: Path) -> None:
        blocks = list(article.paragraphs.order_by("position"))
        plain = plain_text(blocks)
        super().__init__(article, plain, changeset, path, Imported(path, Outcome.UNCHANGED))
        self.whole = "\n".join(self.texts)
        self.given = set()
        self.counted = parse(text).offsets if text else plain.offsets
        self.is_plain = not text
        self.dates: dict[str, dict[str, str]] = {}

    def take(self, items: Sequence[Item]) -> list[Taken]:
        annotations = [item.annotation for item in items if item.annotation]
        asked = [one.id for one in annotations]
        claims = dict(Claim.objects.filter(uid__in=asked).values_list("uid", "article_id"))
        marked = Highlight.objects.filter(uid__in=[target.id for one in annotations for target in one.targets])
        self.owners = dict(marked.values_list("uid", "claim__uid"))
        names = Counter[str]()
        uids = [self._uid(one, claims.get(one.id), names) for one in annotations]
        touched = set(Revision.objects.of_claims(uids).by_editors_for_files().values_list("claim_uid", flat=True))
        plan, taken, seen = Plan(), list[Taken](), set[str]()
        for item, annotation, uid in zip(items, annotations, uids, strict=True):
            owner = claims.get(annotation.id, self.article.pk)
            try:
                if owner != self.article.pk or uid in seen:
                    raise self.error(f"The id {annotation.id} belongs to another claim already.")
                taken.append(self._take_one(item, annotation, uid, uid in touched, plan))
            except (ArticleFileError, EditError) as error:
                reason = error.message if isinstance(error, ArticleFileError) else str(error)
                taken.append(Taken(item.line, Fate.REJECTED, reason))
            seen.add(uid)
        self._finish(plan)
        return taken

    def _take_one(self, item: Item, annotation: Annotation, uid: str, is_touched: bool, plan: Plan) -> Taken:
        self.line = item.line
        claim = self.existing.get(uid)
        kept = Taken(item.line, Fate.KEPT, "An editor has changed or deleted it since.")
        if is_touched and not claim:
            return kept
        draft = self._draft(uid, annotation)
        prepare(draft)
        if claim and content(draft) == content(Draft.of(claim)):
            return Taken(item.line, Fate.UNCHANGED)
        if is_touched:
            return kept
        if claim:
            plan.changed.append((claim, draft))
        else:
            plan.new.append(draft)
            self.dates[uid] = {"created": annotation.created, "modified": annotation.modified}
        is_suggestion = draft.claim.status == Claim.Status.SUGGESTED
        return replace(_taken(item.line, draft), is_suggestion=is_suggestion, changeset=self.changeset.uid)

    def _finish(self, plan: Plan) -> None:
        """One record, with the dates that the file gives; none if nothing has changed."""
        if not plan:
            self.changeset.delete()
            return
        dates = {uid: said for uid, said in self.dates.items() if any(said.values())}
        self.changeset.details["dates"] = dates
        self.changeset.save(update_fields=["details"])
        self._write(plan)

    def _place(self, target: Target) -> list[Highlight]:
        quote = " ".join(unicodedata.normalize("NFC", target.exact).split())
        orphan = Highlight(
            quote=quote, prefix=target.prefix[-64:], suffix=target.suffix[:64], state=Highlight.State.ORPHANED
        )
        if target.found == Highlight.State.ORPHANED:
            return [orphan]
        for start, end in self._spans(target):
            pieces = self._pieces(start, end)
            if pieces and "".join(one.quote for one in pieces).replace(" ", "") == quote.replace(" ", ""):
                for piece in pieces if target.found == Highlight.State.REWORDED else ():
                    piece.state = Highlight.State.REWORDED
                return pieces
        if found := find(self.texts, quote, target.prefix, target.suffix):
            return [self._highlight(found.block, found.start, found.end)]
        return [self._reworded(quote, target) or orphan]

    def _spans(self, target: Target) -> Iterator[tuple[int, int]]:
        """As counted in code points, and as counted in UTF-16 units, which browsers do."""
        if target.start is None or target.end is None:
            return
        yield target.start, target.end
        units = self._units
        if self.is_plain and units and target.start in units and target.end in units:
            yield units[target.start], units[target.end]

    @cached_property
    def _units(self) -> dict[int, int]:
        """From UTF-16 units to code points; empty where both are the same."""
        if self.whole.isascii() or max(self.whole) <= "\uffff":
            return {}
        lengths = accumulate((1 + (one > "\uffff") for one in self.whole), initial=0)
        return {units: point for point, units in enumerate(lengths)}

    def _pieces(self, start: int, end: int) -> list[Highlight]:
        try:
            spans = self.counted.locate(start, end)
            return [self._highlight(span.block, span.start, span.end) for span in spans]
        except (ValueError, IndexError):
            return []

    def _reworded(self, quote: str, target: Target) -> Highlight | None:
        """Found by likeness, with what the file says stands around it in place of the text that it marked."""
        old = target.prefix + quote + target.suffix
        place = Found(0, len(target.prefix), len(target.prefix) + len(quote))
        found = Anchoring([old], self.texts).find(Sought(quote, target.prefix, target.suffix, place)).place
        if found is None:
            return None
        highlight = self._highlight(found.block, found.start, found.end)
        highlight.state = Highlight.State.REWORDED
        return highlight


def plain_text(paragraphs: Iterable[Paragraph]) -> ParsedText:
    """An article as a text that is given: its paragraphs joined by one newline each."""
    blocks = tuple(Block(Kind(one.kind), one.text, one.number, one.dateline_length) for one in paragraphs)
    ends = list(accumulate(len(block.text) + 1 for block in blocks))
    offsets = OffsetMap(max(ends[-1] - 1, 0) if ends else 0)
    for block, end in zip(blocks, ends, strict=True):
        start = end - len(block.text) - 1
        offsets.add_block(block.text, range(start, end - 1), range(start + 1, end))
    return ParsedText(blocks, offsets)


def _taken(line: int, draft: Draft) -> Taken:
    states = {highlight.state for highlight in draft.highlights}
    if not states & {Highlight.State.PLACED, Highlight.State.REWORDED}:
        return Taken(
            line, Fate.ORPHANED, f"Its words are not found without doubt: “{_shortly(draft.highlights[0].quote)}”."
        )
    if states == {Highlight.State.PLACED}:
        return Taken(line, Fate.PLACED)
    if Highlight.State.ORPHANED in states:
        return Taken(line, Fate.REWORDED, "One of its passages is not found without doubt, and is orphaned.")
    return Taken(line, Fate.REWORDED, f"It now reads: “{_shortly(draft.highlights[0].quote)}”.")


def _shortly(words: str) -> str:
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
