"""Versions: the claims of a version carried over into the next one, none of them twice, none of them lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from articles.models import Answer, Article, Changeset, Claim, Highlight, Paragraph, Revision
from articles.models.roles import Visitor
from articles.models.uid import uid_from
from articles.snapshots import Draft
from articles.text.anchoring import Anchored, Anchoring, Sought, State, is_same
from articles.text.attribution_changes import Passage, is_attributed_otherwise, is_gone_from_beside, is_named_no_more
from articles.text.descent import fold
from articles.text.differences import tokens
from articles.text.quotes import Found
from articles.writing.anew import anew_if_merged
from articles.writing.at_once import BATCH
from articles.writing.editing import changing, create_claims, delete_claims, open_changeset


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the claims of a version in the next one: before = placed + reworded + orphaned + dropped.

    A claim with several highlights is placed if all of them are, orphaned if all of them are, else reworded. `dropped`
    are those that an editor has deleted there since. Of all, `made` were made now, `linked` stood there without saying
    what they continue, and `removed` gave way to others; `doubtful` were made and look attributed otherwise. Of the
    answers of those that were made, the words of `unanswered` are gone, and `left` are given to questions of the story
    of the version before, which this one is not in.
    """

    version: int
    before: int
    placed: int = 0
    reworded: int = 0
    orphaned: int = 0
    dropped: int = 0
    made: int = 0
    linked: int = 0
    removed: int = 0
    doubtful: int = 0
    unanswered: int = 0
    left: int = 0

    @property
    def has_written(self) -> bool:
        return bool(self.made or self.linked or self.removed)

    def __str__(self) -> str:
        dropped = f" + {self.dropped} dropped" if self.dropped else ""
        said = [
            f"claims of version {self.version}: {self.before} = "
            f"{self.placed} placed + {self.reworded} reworded + {self.orphaned} orphaned{dropped}"
        ]
        said += [f"{self.made} carried over now"] if self.made else []
        said += [f"{self.linked} found to continue one"] if self.linked else []
        said += [f"{self.removed} gave way to the file’s own"] if self.removed else []
        said += [f"{self.doubtful} perhaps attributed otherwise"] if self.doubtful else []
        said += [f"{self.unanswered} of their answers left out, whose words are gone"] if self.unanswered else []
        said += [f"{self.left} of their answers left out with the story that they belong to"] if self.left else []
        return "; ".join(said)


def carry_over(article: Article, editor: Visitor | None = None) -> Carried | None:
    """Gives the article those claims of the version before that it has not, and never had. None without such a version.

    A claim of its own is taken for one of the version before if it says that it continues it, or else if it has the
    same source and lies where that one's words are found. Carrying over again changes nothing. What it makes is one
    changeset. Runs a fixed number of queries for each 500 claims.
    """
    before = article.revises
    return anew_if_merged(lambda: _Carrying(article, before).run(editor)) if before else None


def carried_uid(article: Article, old: Claim) -> str:
    """The id of the claim that this one becomes, where it is carried over into the article."""
    return uid_from(article.slug, f"carried|{old.uid}")


class _Carrying:
    def __init__(self, article: Article, before: Article) -> None:
        self.article, self.before = article, before
        self.paragraphs, self.paragraphs_before = (
            list(one.paragraphs.order_by("position")) for one in (article, before)
        )
        self.olds = _claims_of(before, self.paragraphs_before)
        self.news = _claims_of(article, self.paragraphs)
        self.followers: dict[int, Claim] = {}
        self.found: dict[int, list[Anchored]] = {}

    def run(self, editor: Visitor | None) -> Carried:
        carried = self._carried()
        own = [claim for claim in self.news if claim not in carried.values()]
        self.followers = {claim.continues_id: claim for claim in reversed(own) if claim.continues_id}
        linked = self._linked([claim for claim in own if claim.continues_id is None])
        removed = [claim for key, claim in carried.items() if key in self.followers]
        self.followers = {**carried, **self.followers}
        missing = [old for old in self.olds if old.pk not in self.followers]
        dropped = self._dropped(missing)
        drafts = {old.pk: self._draft(old) for old in missing if old.uid not in dropped}
        result = self._counted(drafts, len(dropped), len(linked), len(removed))
        if result.has_written:
            self._write(list(drafts.values()), linked, removed, result, editor)
        return result

    def _carried(self) -> dict[int, Claim]:
        """Those that were carried over before, and that no editor has touched, by what they continue."""
        made = [claim for claim in self.news if claim.made_in.kind == Changeset.Kind.CARRY]
        touched = Revision.objects.of_claims([claim.uid for claim in made]).by_editors() if made else []
        uids = {revision.claim_uid for revision in touched}
        return {claim.continues_id: claim for claim in made if claim.continues_id and claim.uid not in uids}

    def _linked(self, free: list[Claim]) -> list[tuple[Claim, Claim]]:
        """Claims that say of none that they continue it, each with the one whose words they have."""
        linked: list[tuple[Claim, Claim]] = []
        for old in self.olds if free else []:
            if old.pk not in self.followers and (new := self._at_its_place(old, free)):
                free.remove(new)
                self.followers[old.pk] = new
                linked.append((new, old))
        return linked

    def _at_its_place(self, old: Claim, claims: Iterable[Claim]) -> Claim | None:
        places = [one.place for one in self._anchored(old) if one.place]
        for claim in claims:
            same_source = claim.source_id == old.source_id and claim.proposed_source == old.proposed_source
            if same_source and any(self._covers(row, place) for row in claim.highlights.all() for place in places):
                return claim
        return None

    def _covers(self, row: Highlight, place: Found) -> bool:
        """Whether they have more than half of each other's words."""
        if row.paragraph_id != self.paragraphs[place.block].pk or row.start is None or row.end is None:
            return False
        both = min(row.end, place.end) - max(row.start, place.start)
        return 2 * both > max(row.end - row.start, place.end - place.start)

    def _dropped(self, missing: Sequence[Claim]) -> set[str]:
        """The ids of those that were continued here once: an editor has decided that they are not any more."""
        if not missing or not Revision.objects.filter(changeset__article=self.article).exists():
            return set()
        own = {self._uid(old): old.uid for old in missing}
        gone = Revision.objects.of_claims(list(own)).values_list("claim_uid", flat=True)
        others = Revision.objects.continuing([old.uid for old in missing], self.article)
        return {own[uid] for uid in gone} | set(others.values_list("snapshot__continues", flat=True))

    # ---- The words ----

    @cached_property
    def anchoring(self) -> Anchoring:
        return Anchoring(*([row.text for row in some] for some in (self.paragraphs_before, self.paragraphs)))

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """Of both texts."""
        texts = self.anchoring.old, self.anchoring.new
        old, new = (frozenset(word for text in some for word in tokens(text.casefold())) for some in texts)
        return old, new

    def _anchored(self, old: Claim) -> list[Anchored]:
        """Where its highlights are now, those that are found apart from each other."""
        if old.pk not in self.found:
            found: list[Anchored] = []
            for row in old.highlights.all():
                one = self.anchoring.find(_sought(row))
                is_taken = any(_overlap(one.place, other.place) for other in found)
                found.append(Anchored(State.ORPHANED) if is_taken else one)
            self.found[old.pk] = found
        return self.found[old.pk]

    def _draft(self, old: Claim) -> Draft:
        names = ("source", "proposed_source", "speaker", "cue", "note", "status")
        claim = Claim(
            uid=self._uid(old),
            article=self.article,
            continues=old,
            is_doubtful=self._is_doubtful(old),
            **{name: getattr(old, name) for name in names},
        )
        pairs = zip(old.highlights.all(), self._anchored(old), strict=True)
        rows = [self._highlight(claim, at, row, one) for at, (row, one) in enumerate(pairs)]
        return Draft(claim, rows, [_copied(answer) for answer in old.answers.all() if self._holds(answer, old, rows)])

    def _holds(self, answer: Answer, old: Claim, rows: Iterable[Highlight]) -> bool:
        """Whether the words that gave it are still there: to nobody words are ascribed that the text does not have."""
        if self._leaves_story:
            return False
        before, now = (
            " ".join(fold(row.paragraph.text) for row in some if row.paragraph) for some in (old.highlights.all(), rows)
        )
        pieces = fold(answer.as_worded).split(" … ")
        return not now or all(piece in now or piece not in before for piece in pieces)

    @property
    def _leaves_story(self) -> bool:
        return self.article.story_id != self.before.story_id

    def _uid(self, old: Claim) -> str:
        return carried_uid(self.article, old)

    def _highlight(self, claim: Claim, at: int, row: Highlight, one: Anchored) -> Highlight:
        uid = uid_from(claim.uid, str(at))
        if one.place is None:
            state = Highlight.State.ORPHANED
            return Highlight(uid=uid, quote=row.quote, prefix=row.prefix, suffix=row.suffix, state=state)
        block, start, end = one.place
        paragraph = self.paragraphs[block]
        words = paragraph.text[start:end]
        return Highlight(uid=uid, paragraph=paragraph, start=start, end=end, quote=words, state=one.state.value)

    def _is_doubtful(self, old: Claim) -> bool:
        """Whether who says one of its passages is told otherwise than it was."""
        pairs = zip(old.highlights.all(), self._anchored(old), strict=True)
        found = [(_stood(row), one.place) for row, one in pairs if _stood(row) and one.place]
        if found and is_named_no_more(old.speaker, *self.words):
            return True
        for before, (block, start, end) in found:
            now = Passage(self.paragraphs[block].text, start, end)
            if before and is_attributed_otherwise(before, now, old.speaker):
                return True
            if before and is_gone_from_beside(old.speaker, before, now):
                return True
        return False

    # ---- The count, and the rows ----

    def _counted(self, drafts: Mapping[int, Draft], dropped: int, linked: int, removed: int) -> Carried:
        olds = [old for old in self.olds if old.pk in self.followers or old.pk in drafts]
        states = [self._state(old, drafts.get(old.pk)) for old in olds]
        made = ((len(old.answers.all()), drafts[old.pk]) for old in self.olds if old.pk in drafts)
        without = sum(answers - len(draft.answers) for answers, draft in made)
        return Carried(
            version=self.before.version_number,
            before=len(self.olds),
            placed=states.count(State.PLACED),
            reworded=states.count(State.REWORDED),
            orphaned=states.count(State.ORPHANED),
            dropped=dropped,
            made=len(drafts),
            linked=linked,
            removed=removed,
            doubtful=sum(draft.claim.is_doubtful for draft in drafts.values()),
            unanswered=0 if self._leaves_story else without,
            left=without if self._leaves_story else 0,
        )

    def _state(self, old: Claim, draft: Draft | None) -> State:
        rows = draft.highlights if draft else list(self.followers[old.pk].highlights.all())
        if all(row.paragraph is None for row in rows):
            return State.ORPHANED
        quote = " … ".join(row.quote for row in rows)
        return State.PLACED if all(row.paragraph for row in rows) and is_same(old.quote, quote) else State.REWORDED

    def _write(
        self,
        drafts: Sequence[Draft],
        linked: Sequence[tuple[Claim, Claim]],
        removed: Sequence[Claim],
        result: Carried,
        editor: Visitor | None,
    ) -> None:
        details: dict[str, Any] = {
            "article": self.article.slug,
            "carried": asdict(result),
            "likeness": self._likeness(),
        }
        changeset = open_changeset(Changeset.Kind.CARRY, editor, self.article, str(result)[:300], details=details)
        delete_claims(removed, changeset)
        with changing([claim for claim, _ in linked], changeset):
            for claim, old in linked:
                claim.continues = old
            Claim.objects.bulk_update([claim for claim, _ in linked], ["continues"], batch_size=BATCH)
        create_claims(drafts, changeset)

    def _likeness(self) -> dict[str, int]:
        """In hundredths, of claims with words that were found by likeness, by their ids: of the least like ones."""
        reworded = {
            self._uid(old): [one.likeness for one in self.found.get(old.pk, []) if one.state is State.REWORDED]
            for old in self.olds
        }
        return {uid: round(100 * min(found)) for uid, found in reworded.items() if found}


def _claims_of(article: Article, paragraphs: Iterable[Paragraph]) -> list[Claim]:
    """In reading order, with all their parts. They share what several have in common, like paragraphs and sources,
    which is far quicker than a row of its own for each."""
    rows = Claim.objects.in_article(article).order_by("reading_order", "pk")
    parts = ("source", "made_in", "highlights", "answers__question", "answers__choice", "answers__place")
    by_key = {row.pk: row for row in paragraphs}
    claims = list(rows.prefetch_related(*parts))
    for claim in claims:
        claim.article = article
        for highlight in claim.highlights.all():
            if highlight.paragraph_id is not None:
                highlight.paragraph = by_key[highlight.paragraph_id]
    return claims


def _sought(row: Highlight) -> Sought:
    if row.paragraph is None or row.start is None or row.end is None:
        return Sought(row.quote, row.prefix, row.suffix)
    return Sought(row.quote, row.prefix, row.suffix, Found(row.paragraph.position, row.start, row.end))


def _stood(row: Highlight) -> Passage | None:
    if row.paragraph is None or row.start is None or row.end is None:
        return None
    return Passage(row.paragraph.text, row.start, row.end)


def _overlap(one: Found | None, other: Found | None) -> bool:
    return bool(one and other and one.block == other.block and one.start < other.end and other.start < one.end)


def _copied(answer: Answer) -> Answer:
    names = ("question", "low", "high", "about", "choice", "place", "words", "as_worded")
    return Answer(**{name: getattr(answer, name) for name in names})
