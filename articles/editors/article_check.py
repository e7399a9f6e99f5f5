"""What a text will be once it is saved: its paragraphs with the kind of each, changed as the form says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from articles.editors.article_add_form import KINDS_CHANGEABLE, ArticleAddForm
from articles.importing.pasted import Pasted, metadata_of_form, with_kinds
from articles.models import Article, Claim
from articles.text.differences import Piece, differences
from articles.text.kinds import Kind
from articles.text.parsing import Block, headline, is_title
from articles.writing.unsure import Unsure, UnsureClaims

# Where a claim of several passages is cut right after one of them.
_CUT_TWICE = re.compile(r"(?:… ){2,}|(?: …){2,}")


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
    """`was_seen`: the page that sent the form showed the paragraphs of just this text."""

    form: ArticleAddForm
    sha256: str
    was_seen: bool
    kinds: tuple[Kind, ...]

    def pasted(self, status: str) -> Pasted:
        """Raises FormError for kinds that make no article."""
        said = self.form.cleaned_data
        metadata = metadata_of_form(self.form.article_data(status), said["new_story"])
        return Pasted(said["content"], with_kinds(said["parsed"], self.kinds), metadata, said["revises"])

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


def told_apart(found: UnsureClaims) -> list[tuple[Unsure, list[Piece]]]:
    """Each of those that want an eye, with its words before and now as one text."""
    return [(one, differences(_cut_once(one.before), _cut_once(one.now))) for one in found.listed]


def left_to_check(article: Article) -> str:
    """What of the claims that were carried over into it wants an eye, in a sentence. Two queries."""
    claims = Claim.objects.in_article(article)
    unsure, lost = claims.unsure().count(), claims.with_orphans().count()
    said = [f"{unsure} {'is' if unsure == 1 else 'are'} reworded or perhaps attributed otherwise"] if unsure else []
    said += [f"{lost} {'is' if lost == 1 else 'are'} not found"] if lost else []
    return f"Of the claims carried over, {', and '.join(said)}." if said else ""


def _cut_once(words: str) -> str:
    return _CUT_TWICE.sub(lambda found: found[0][:2], words)


def check_text(form: ArticleAddForm) -> CheckedText:
    """The form must have a text. From now on it says that the paragraphs of this text were shown."""
    said = form.cleaned_data
    digest = sha256(said["content"]).hexdigest()
    was_seen = said["checked"] == digest
    form.show_checked(digest)
    recognised = _recognised(said["parsed"].blocks, said.get("title", ""))
    chosen = form.kinds(len(recognised)) if was_seen else ()
    return CheckedText(form, digest, was_seen, (*chosen, *recognised[len(chosen) :]))


def _recognised(blocks: Sequence[Block], title: str) -> tuple[Kind, ...]:
    """A first line that is the title is a headline, however long, if any text follows it."""
    first, *others = (block.kind for block in blocks)
    if title and Kind.TEXT in others and is_title(Kind.HEADING, blocks[0].text, title):
        first = Kind.HEADING
    return (first, *others)
