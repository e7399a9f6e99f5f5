"""What a text will be once it is saved: its paragraphs with the kind of each, changed as the form says."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, pairwise

from articles.editors.article_add_form import KINDS_CHANGEABLE, ArticleAddForm
from articles.editors.article_forms import LABELS, story_given
from articles.editors.version_before import VersionBefore
from articles.importing.pasted import Pasted, TriedOut, metadata_of_form, with_kinds
from articles.models import Article, Claim
from articles.text.differences import Change, Piece, differences
from articles.text.kinds import Kind
from articles.text.parsing import Block, headline, is_title
from articles.writing.unsure import Fate, Place, Unsure, UnsureClaims, Words

_PARTED = (
    "Lines that begin with a bullet were parted by blank lines, so that each is a paragraph of its own. Where that is "
    "wrong, take the blank line out of the text."
)


@dataclass(frozen=True, slots=True)
class CheckedBlock:
    """One paragraph as the page shows it. `field` is the name under which its kind is sent; empty for one that
    keeps the kind recognised. `is_title`: readers see it as the title, and not a second time."""

    block: Block
    kind: Kind
    field: str
    is_title: bool

    @property
    def dateline(self) -> str:
        return self.block.text[: self.block.dateline_length]

    @property
    def rest(self) -> str:
        return self.block.text[self.block.dateline_length :]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """`was_seen`: the page that sent the form showed the paragraphs of just this text, and of the same version if it is
    one. `before` is the version that it revises."""

    form: ArticleAddForm
    sha256: str
    was_seen: bool
    kinds: tuple[Kind, ...]
    before: VersionBefore | None

    def pasted(self, status: str) -> Pasted:
        """Raises FormError for kinds that make no article."""
        said = self.form.cleaned_data
        metadata = metadata_of_form(self.form.article_data(status), said["new_story"])
        return Pasted(said["content"], with_kinds(said["parsed"], self.kinds), metadata, said["revises"])

    def notes(self, tried: TriedOut) -> list[str]:
        """What is to be known of it before it is saved, in sentences."""
        said = [_PARTED] if self.form.has_parted else []
        if self.before:
            said += _filled_in(self.form, self.before.article)
            said += _left(self.before.article, story_given(self.form.cleaned_data))
            texts = [block.text for block in self.form.cleaned_data["parsed"].blocks]
            said.append(self.before.compared(texts, self.kinds, keeps_claims=_keeps_claims(tried)))
        return [*said, *tried.notes]

    def blocks(self) -> list[CheckedBlock]:
        """With the numbers that follow from the kinds, also where these make no article."""
        parsed = self.form.cleaned_data["parsed"]
        blocks: Sequence[Block] = parsed.blocks
        if Kind.TEXT in self.kinds:
            blocks = with_kinds(parsed, self.kinds).blocks
        title = self.form.cleaned_data.get("title") or headline(blocks)
        return [
            CheckedBlock(
                block,
                kind,
                field=f"kind-{position}" if position < KINDS_CHANGEABLE else "",
                is_title=position == 0 and is_title(kind, block.text, title),
            )
            for position, (block, kind) in enumerate(zip(blocks, self.kinds, strict=True))
        ]


@dataclass(frozen=True, slots=True)
class OwnPiece:
    """A piece of both texts in one, and whether it is of the claim's own words."""

    change: Change
    words: str
    is_own: bool


# Whether these are the claim's own words, and what became of them.
OwnRun = tuple[bool, list[OwnPiece]]


def told_apart(found: UnsureClaims) -> list[tuple[Fate, list[tuple[Unsure, list[OwnRun]]]]]:
    """Those that want an eye, by what becomes of them, each with its words before and now as one text. What is found
    nowhere in the new text is shown as it stood."""
    told: dict[Fate, list[tuple[Unsure, list[OwnRun]]]] = {fate: [] for fate in Fate}
    for one in found.listed:
        pieces = own_pieces(one.before, one.now if one.stands else one.before)
        runs = [(is_own, list(run)) for is_own, run in groupby(pieces, key=lambda piece: piece.is_own)]
        told[one.fate].append((one, runs))
    return [(fate, some) for fate, some in told.items() if some]


def own_pieces(before: Words, now: Words) -> list[OwnPiece]:
    """As `differences` has them, and cut where the claim's own words begin and end. Those that stayed are its own if
    they are in the new text."""
    pieces: list[OwnPiece] = []
    at = {Change.GONE: 0, Change.NEW: 0}
    for piece in differences(before.text, now.text):
        side = Change.GONE if piece.change is Change.GONE else Change.NEW
        own = before.own if side is Change.GONE else now.own
        pieces += _cut_at(own, at[side], piece)
        for one in at if piece.change is Change.SAME else (side,):
            at[one] += len(piece.words)
    return pieces


def _cut_at(own: Sequence[Place], start: int, piece: Piece) -> list[OwnPiece]:
    end = start + len(piece.words)
    edges = sorted({start, end, *(edge for place in own for edge in place if start < edge < end)})
    return [
        OwnPiece(piece.change, piece.words[one - start : other - start], any(a <= one < b for a, b in own))
        for one, other in pairwise(edges)
    ]


def left_to_check(article: Article) -> str:
    """What of the claims that were carried over into it wants an eye, in a sentence. Two queries."""
    claims = Claim.objects.in_article(article)
    unsure, lost = claims.unsure().count(), claims.with_orphans().count()
    said = [f"{unsure} {'is' if unsure == 1 else 'are'} reworded or perhaps attributed otherwise"] if unsure else []
    said += [f"{lost} {'is' if lost == 1 else 'are'} not found"] if lost else []
    return f"Of the claims carried over, {', and '.join(said)}." if said else ""


def _filled_in(form: ArticleAddForm, before: Article) -> list[str]:
    """What came from the version, and what went because only the one that was chosen before it had it."""
    version = f"version {before.version_number}"
    said = []
    if form.filled:
        said.append(f"Filled in from {version}: {_labels(form.filled)}. Where this one has another, change it above.")
    if form.emptied:
        said.append(
            f"Emptied, as “{before.title}” has none: {_labels(form.emptied)}. What stood there came from the version "
            "that was chosen before."
        )
    return said


def _labels(names: Sequence[str]) -> str:
    labels = [LABELS[name].lower() for name in names]
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))


def _left(before: Article, story: str) -> list[str]:
    """That it is in another story, though nothing goes by that. What goes, the form has asked about."""
    if before.story is None or before.story.slug == story:
        return []
    return [f"Version {before.version_number} is in the story “{before.story}”; this one is not."]


def _keeps_claims(tried: TriedOut) -> bool:
    """Whether all claims of the version before stand as they stood there; what was lost there already is no change."""
    carried, unsure = tried.carried, tried.unsure
    if carried is None or not carried.before:
        return False
    changed = (
        carried.reworded or carried.doubtful or carried.dropped or carried.unanswered or carried.left or unsure.others
    )
    return not changed and all(one.stood is None for one in unsure.listed)


def check_text(form: ArticleAddForm) -> CheckedText:
    """The form must have a text. From now on it says that the paragraphs of this text were shown."""
    said = form.cleaned_data
    digest = sha256(said["content"]).hexdigest()
    is_same_text = said["checked"] == digest
    form.show_checked(digest)
    blocks = said["parsed"].blocks
    recognised = _recognised(blocks, said.get("title", ""))
    before = VersionBefore(said["revises"]) if said.get("revises") else None
    if before:
        recognised = before.kinds([block.text for block in blocks], recognised)
    chosen = form.kinds(len(recognised)) if is_same_text else ()
    was_seen = is_same_text and form.becomes is None
    return CheckedText(form, digest, was_seen, (*chosen, *recognised[len(chosen) :]), before)


def _recognised(blocks: Sequence[Block], title: str) -> tuple[Kind, ...]:
    """A first line that is the title is a headline, however long, if any text follows it."""
    first, *others = (block.kind for block in blocks)
    if title and Kind.TEXT in others and is_title(Kind.HEADING, blocks[0].text, title):
        first = Kind.HEADING
    return (first, *others)
