"""Claims: annotations of one article → rows, leaving alone what editors have touched."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

from articles.importing.answers import StoryAnswers
from articles.importing.files import ArticleFileError
from articles.importing.outcomes import Imported
from articles.importing.sources import source_named
from articles.importing.web_annotation import Annotation, Target
from articles.models import Article, Changeset, Claim, Highlight, Paragraph, Revision, Source
from articles.models.uid import UID_PATTERN, uid_from
from articles.snapshots import Draft, content, whole
from articles.text.parsing import ParsedText
from articles.text.quotes import find
from articles.writing.editing import EditError, changing, create_claims, delete_claims, prepare, replace_claim


def import_claims(
    article: Article,
    parsed: ParsedText,
    annotations: Sequence[Annotation],
    changeset: Changeset,
    path: Path,
    result: Imported,
) -> bool:
    """Makes the article's claims those of the file, but for those that editors made, changed or deleted.

    Counts and notes go to `result`. Returns whether anything was written. Raises ArticleFileError.
    """
    return ClaimsImport(article, parsed, changeset, path, result).run(annotations)


def uid_of_name(article: str, name: str, names: Counter[str]) -> str:
    """The same each time for a claim of an article that has this name; `names` are those that it has met before."""
    names[name] += 1
    return uid_from(article, name if names[name] == 1 else f"{name}|{names[name]}")


@dataclass(slots=True)
class Plan:
    new: list[Draft] = field(default_factory=list)
    changed: list[tuple[Claim, Draft]] = field(default_factory=list)
    removed: list[Claim] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


class ClaimsImport:
    def __init__(
        self, article: Article, parsed: ParsedText, changeset: Changeset, path: Path, result: Imported
    ) -> None:
        self.article, self.parsed, self.changeset, self.path, self.result = article, parsed, changeset, path, result
        self.texts = [block.text for block in parsed.blocks]
        self.paragraphs = list(Paragraph.objects.filter(article=article).order_by("position"))
        self.existing = {
            claim.uid: claim for claim in whole(Claim.objects.in_article(article)).select_related("made_in")
        }
        self.earlier = {claim.uid: claim for claim in Claim.objects.filter(article=article.revises_id or 0)}
        self.answers = StoryAnswers.of_stories({article.story_id or 0})[article.story_id or 0]
        self.sources: dict[str, Source] = {}
        self.owners: dict[str, str] = {}
        self.given: set[str] = set()
        self.line: int | None = None

    def run(self, annotations: Sequence[Annotation]) -> bool:
        uids = self._uids(annotations)
        marked = Highlight.objects.filter(uid__in=[target.id for one in annotations for target in one.targets])
        self.owners = dict(marked.values_list("uid", "claim__uid"))
        touched = set(
            Revision.objects.of_claims([*uids, *self.existing]).by_editors().values_list("claim_uid", flat=True)
        )
        plan = Plan()
        for uid, annotation in zip(uids, annotations, strict=True):
            self._plan_one(uid, annotation, touched, plan)
        gone = [claim for uid, claim in self.existing.items() if uid not in set(uids) and self._was_imported(claim)]
        plan.removed = [claim for claim in gone if claim.uid not in touched]
        self.result.claims.kept += len(gone) - len(plan.removed)
        self.result.claims.removed += len(plan.removed)
        self._write(plan)
        return bool(plan)

    def _was_imported(self, claim: Claim) -> bool:
        """By a file beside the text, which may take it back. What came with annotations of others stays."""
        return claim.made_in.kind == Changeset.Kind.IMPORT and "annotations" not in claim.made_in.details

    def _plan_one(self, uid: str, annotation: Annotation, touched: set[str], plan: Plan) -> None:
        self.line = annotation.line
        if uid in touched:
            self.result.claims.kept += 1
            return
        claim = self.existing.get(uid)
        draft = self._draft(uid, annotation)
        try:
            prepare(draft)
        except EditError as error:
            raise self.error(str(error)) from error
        self._count(draft, annotation)
        if claim is None:
            plan.new.append(draft)
        elif content(draft) != content(Draft.of(claim)):
            plan.changed.append((claim, draft))

    def _count(self, draft: Draft, annotation: Annotation) -> None:
        counts = self.result.claims
        if any(highlight.is_placed for highlight in draft.highlights):
            counts.placed += 1
        else:
            counts.orphaned += 1
        for highlight in draft.highlights:
            if not highlight.is_placed:
                self.result.notes.append(
                    f"{self._where()}: these words are not in the text, or it is not clear which of several are meant: "
                    f"“{highlight.quote[:80]}”. Kept for editors; correct “exact”, or “prefix” and “suffix”."
                )

    def _write(self, plan: Plan) -> None:
        try:
            create_claims(plan.new, self.changeset)
            with changing([claim for claim, _ in plan.changed], self.changeset):
                for claim, draft in plan.changed:
                    replace_claim(claim, draft)
            delete_claims(plan.removed, self.changeset)
        except EditError as error:
            raise ArticleFileError(self.path, str(error)) from error

    def _uids(self, annotations: Sequence[Annotation]) -> list[str]:
        """Each annotation's own id where it is one of ours and free, else one that is always the same for it."""
        asked = [one.id for one in annotations]
        owners = dict(Claim.objects.filter(uid__in=asked).values_list("uid", "article_id"))
        versions = set(Article.objects.versions_of(self.article).values_list("pk", flat=True))
        for one in annotations:
            if owners.get(one.id, self.article.pk) not in versions:
                self.line = one.line
                raise self.error(f"The id {one.id} belongs to a claim of another article. Give this one its own.")
        names = Counter[str]()
        return [self._uid(one, owners.get(one.id), names) for one in annotations]

    def _uid(self, annotation: Annotation, owner: int | None, names: Counter[str]) -> str:
        if re.fullmatch(UID_PATTERN, annotation.id) and owner in (None, self.article.pk):
            return annotation.id
        name = annotation.id or "|".join([annotation.source, *(target.exact for target in annotation.targets)])
        return uid_of_name(self.article.slug, name, names)

    def _draft(self, uid: str, annotation: Annotation) -> Draft:
        source = self._source(annotation)
        claim = Claim(
            uid=uid,
            article=self.article,
            source=source,
            proposed_source="" if source else annotation.source_name,
            speaker=annotation.speaker,
            cue=annotation.cue,
            note=annotation.note,
            status=annotation.status,
            continues=self._continued(uid, annotation),
        )
        self._check(claim)
        answers = [self.answers.row(answer, self.error) for answer in annotation.answers]
        return Draft(claim, self._highlights(uid, annotation), answers)

    def _highlights(self, uid: str, annotation: Annotation) -> list[Highlight]:
        """With the file's own ids where these are free."""
        found: list[Highlight] = []
        for target in annotation.targets:
            places = self._place(target)
            own = len(places) == 1 and self._is_free(target.id, uid)
            for place in places:
                place.uid = target.id if own else uid_from(uid, str(len(found)))
                found.append(place)
        return found

    def _is_free(self, id: str, uid: str) -> bool:
        """Whether the claim may give this id to a highlight. It has it from then on, and gives it once."""
        if not re.fullmatch(UID_PATTERN, id) or id in self.given or self.owners.get(id, uid) != uid:
            return False
        self.given.add(id)
        return True

    def _check(self, claim: Claim) -> None:
        try:
            claim.clean_fields(exclude=["article", "source", "continues", "made_in"])
        except ValidationError as error:
            said = [f"“{name}”: {' '.join(messages)}" for name, messages in error.message_dict.items()]
            raise self.error("; ".join(said)) from error

    def _source(self, annotation: Annotation) -> Source | None:
        name = annotation.source
        if not name:
            if annotation.status != Claim.Status.SUGGESTED:
                raise self.error("This claim has no source: name one, or give it the status “suggested”.")
            return None
        if name not in self.sources:
            try:
                self.sources[name], made = source_named(name, called=annotation.source_name)
            except ValidationError as error:
                raise self.error(f"The source “{name:.80}” cannot be made: {' '.join(error.messages)}") from error
            if made:
                self.result.notes.append(f"{self._where()}: the source “{self.sources[name]}” is new.")
        return self.sources[name]

    def _continued(self, uid: str, annotation: Annotation) -> Claim | None:
        """What the file says; for a claim that the version before has under the same id, that one; and where the file
        says nothing, the one that was found for it when claims were carried over."""
        found = self.earlier.get(annotation.continues) or self.earlier.get(annotation.id)
        if found is None and not annotation.continues and uid in self.existing:
            return self.existing[uid].continues
        if annotation.continues and found is None:
            self.result.notes.append(
                f"{self._where()}: it continues {annotation.continues}, which the version before does not have."
            )
        return found

    def _place(self, target: Target) -> list[Highlight]:
        """Where the target stands: in one paragraph, or a piece in each of several. Else one orphan."""
        quote = " ".join(unicodedata.normalize("NFC", target.exact).split())
        pieces = self._at_position(target)
        if pieces and _letters("".join(piece.quote for piece in pieces)) == _letters(quote):
            return pieces
        near = next(((self._position(piece), piece.start or 0) for piece in pieces), None)
        found = find(self.texts, quote, target.prefix, target.suffix, near)
        if found:
            return [self._highlight(found.block, found.start, found.end)]
        state = Highlight.State.ORPHANED
        return [Highlight(quote=quote, prefix=target.prefix[-64:], suffix=target.suffix[:64], state=state)]

    def _position(self, highlight: Highlight) -> int:
        return highlight.paragraph.position if highlight.paragraph else 0

    def _at_position(self, target: Target) -> list[Highlight]:
        if target.start is None or target.end is None:
            return []
        try:
            spans = self.parsed.offsets.locate(target.start, target.end)
        except ValueError:
            return []
        return [self._highlight(span.block, span.start, span.end) for span in spans]

    def _highlight(self, block: int, start: int, end: int) -> Highlight:
        return Highlight(paragraph=self.paragraphs[block], start=start, end=end, quote=self.texts[block][start:end])

    def _where(self) -> str:
        return f"{self.path}, line {self.line}" if self.line else str(self.path)

    def error(self, message: str) -> ArticleFileError:
        return ArticleFileError(self.path, message, self.line)


def _letters(words: str) -> str:
    """Without blanks of any kind."""
    return "".join(words.split())
