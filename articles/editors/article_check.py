"""What a text will be once it is saved: its paragraphs with the kind of each, changed as the form says."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from articles.editors.article_add_form import KINDS_CHANGEABLE, ArticleAddForm
from articles.importing.pasted import Pasted, metadata_of_form, with_kinds
from articles.text.kinds import Kind
from articles.text.parsing import Block


@dataclass(frozen=True, slots=True)
class CheckedBlock:
    """One paragraph as the page shows it. `field` is the name under which its kind is sent; empty for one that
    keeps the kind recognised."""

    block: Block
    kind: Kind
    field: str

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
        return [
            CheckedBlock(block, kind, f"kind-{position}" if position < KINDS_CHANGEABLE else "")
            for position, (block, kind) in enumerate(zip(blocks, self.kinds, strict=True))
        ]


def check_text(form: ArticleAddForm) -> CheckedText:
    """The form must have a text. From now on it says that the paragraphs of this text were shown."""
    said = form.cleaned_data
    digest = sha256(said["content"]).hexdigest()
    was_seen = said["checked"] == digest
    form.show_checked(digest)
    recognised = tuple(block.kind for block in said["parsed"].blocks)
    chosen = form.kinds(len(recognised)) if was_seen else ()
    return CheckedText(form, digest, was_seen, (*chosen, *recognised[len(chosen) :]))
