"""The form by which a text comes in: pasted, or in a file."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from articles.editors.article_fields import OfferedField
from articles.editors.article_forms import MetadataForm, fields_of, story_given
from articles.editors.leaving_story import leaving_of
from articles.editors.version_before import TEXT_LIMIT, VersionBefore
from articles.importing.files import too_long
from articles.models import Article
from articles.text.kinds import Kind
from articles.text.language import is_english
from articles.text.parsing import BOM, TextError, decode, headline, parse, with_items_parted

_OTHERWISE = "A longer report comes in by command: manage.py import_articles."
# What a new version most likely has in common with the one before.
COMMON = ("outlet", "url", "byline", "language", "story")
# So many articles are offered to be revised.
NEWEST = 200
# Django takes a thousand fields at most.
KINDS_CHANGEABLE = 800


class _TextField(forms.Field):
    """Taken as it is, blanks and zero bytes too: the parser says what is wrong with it."""

    def to_python(self, value: Any) -> str:
        return str(value or "")


class ArticleAddForm(MetadataForm):
    """A text, pasted or in a file, with its data. `kept` are the bytes of a file that was sent earlier: they are
    the text as long as the field shows the same. `checked` is the sha256 of the text whose paragraphs were shown.
    `has_parted`: the field shows blank lines that were not sent. `begun` is the version with whose data the form was
    filled in, behind a colon while none is chosen any more; where another one is chosen, it is filled in again:
    `becomes` is that one, `filled` names what came from it, and `emptied` what only the one before had."""

    text = _TextField(
        required=False,
        help_text="Blank lines part paragraphs.",
        widget=forms.Textarea({"rows": 16, "dir": "auto", "spellcheck": "false"}),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="File",
        help_text="In place of a text that is pasted: plain text in UTF-8, at most 1 MB.",
        widget=forms.FileInput({"accept": ".txt,text/plain"}),
    )
    revises = OfferedField(
        Article.objects.last_versions(),
        empty_label="nothing: it is a report of its own",
        label="A new version of",
    )
    suggest = forms.BooleanField(required=False)
    token = forms.RegexField(r"^[0-9a-f-]{36}$", widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    begun = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    has_parted = False
    becomes: Article | None = None
    filled: Sequence[str] = ()
    emptied: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "Left empty, the heading above the text makes one, or else the first sentence."
        self.fields["revises"].error_messages["invalid_choice"] = (
            "That one has a newer version by now, or is not there. Choose the newest one."
        )
        self._offer("revises", NEWEST, "To an older one a version is added from its data.")

    def clean(self) -> dict[str, Any]:
        self._read_text(self.cleaned_data)
        if self.has_text:
            self._fill_in(self.cleaned_data)
        data = super().clean()
        if self.has_text and not self.errors.keys() & {"story", "new_story"}:
            self._ask_leaving(data)
        self._fill_in_title(data)
        return data

    def _read_text(self, data: dict[str, Any]) -> None:
        try:
            data["content"] = self._content(data)
            data["parsed"] = parse(decode(data["content"]))
        except TextError as error:
            self.add_error("file" if data.get("file") else "text", str(error))

    def _fill_in(self, data: dict[str, Any]) -> None:
        """As the link to a new version of this one does, what nobody has written otherwise."""
        before, begun = data.get("revises"), data.get("begun", "")
        if "revises" in self.errors or begun == (before.slug if before else ""):
            return
        if before is None:
            # What it filled in stays, and is known for that when another one is chosen.
            self._show(begun=f":{begun.removeprefix(':')}")
            return
        earlier = Article.objects.named(begun.removeprefix(":")).first() if begun else None
        as_filled = {**fields_of(earlier), "title": VersionBefore(earlier).title} if earlier else {}
        came = fields_of(before)
        free = [name for name in COMMON if self._is_free(name, as_filled, came)]
        self.becomes, self.filled = before, [name for name in free if came[name]]
        self.emptied = [name for name in free if not came[name]]
        taken = {name: came[name] for name in free}
        if self.data.get("title") and self.data["title"] == as_filled.get("title"):
            taken["title"] = ""
        self._show(begun=before.slug, **taken)
        data |= {name: before.story if name == "story" else value for name, value in taken.items()}
        self._offer_stories()

    def _fill_in_title(self, data: dict[str, Any]) -> None:
        """One that the text before did not make, unless this text makes one by its heading."""
        made = headline(data["parsed"].blocks) if "parsed" in data else ""
        title = VersionBefore(self.becomes).title if self.becomes and data.get("title") == "" and not made else ""
        if title:
            data["title"], self.filled = title, ["title", *self.filled]
            self._show(title=title)

    def _is_free(self, name: str, as_filled: Mapping[str, str], came: Mapping[str, str]) -> bool:
        """Whether it is as the form came, or was filled in, and the version has another."""
        given = self.data.get(name, "")
        if name in self.errors or given == came[name] or (name == "story" and self.data.get("new_story")):
            return False
        if name == "language" and self._is_chosen(given, came[name]):
            return False
        return given in ("", self.fields[name].initial, as_filled.get(name))

    def _is_chosen(self, language: str, other: str) -> bool:
        """The form comes with English: of an English text that is right, whatever language the one before is in."""
        if not _is_tagged_english(language) or _is_tagged_english(other):
            return False
        return is_english(block.text for block in self.cleaned_data["parsed"].blocks)

    def _ask_leaving(self, data: Mapping[str, Any]) -> None:
        before = data.get("revises")
        leaving = leaving_of(before, story_given(data)) if before else None
        if before and leaving and not self.agrees_to_leave(leaving):
            self.add_error(
                "new_story" if data["new_story"] else "story",
                f"Version {before.version_number} is in the story “{leaving.story}”, and its claims give "
                f"{leaving.counted} to questions asked there. In another story, or in none, the new version goes "
                "without. Choose that story again, or tick that this is meant.",
            )

    def _content(self, data: Mapping[str, Any]) -> bytes:
        """The bytes of the text. Afterwards the field shows them, whichever way they came. Raises TextError."""
        text, kept = one_kind_of_newline(data.get("text") or ""), _unpacked(data.get("kept") or "")
        as_sent = kept if kept is not None and shown(kept) == text else None
        if upload := data.get("file"):
            if text.strip() and as_sent is None and not self._is_of_the_version_before(text):
                raise TextError("There is a text in the field as well. Empty the field, or choose no file.")
            if upload.size > TEXT_LIMIT:
                raise TextError(too_long(upload.size, TEXT_LIMIT, _OTHERWISE))
            content: bytes = upload.read()
            # A file is sent once: what is shown from now on are its words, with its bytes beside them.
            self._show(text=shown(content), kept=_packed(content))
            return content
        content = self._parted(text).encode() if as_sent is None else as_sent
        if not content.strip():
            raise TextError("Paste the text of the report, or choose a file.")
        if len(content) > TEXT_LIMIT:
            raise TextError(too_long(len(content), TEXT_LIMIT, _OTHERWISE).replace("file", "text"))
        return content

    def _is_of_the_version_before(self, text: str) -> bool:
        """Nobody has typed it: the form began with it."""
        before = self.cleaned_data.get("revises")
        return before is not None and text == VersionBefore(before).text

    def _parted(self, text: str) -> str:
        """The items of lists as paragraphs, the first time that the text is looked at. Afterwards it is as the editor
        leaves it."""
        parted = text if self.data.get("checked") else with_items_parted(text)
        if parted != text:
            self.has_parted = True
            self._show(text=parted)
        return parted

    def kinds(self, count: int) -> tuple[Kind, ...]:
        """Those chosen for the first of `count` paragraphs; none where they were chosen for another text."""
        chosen = [self.data.get(f"kind-{position}", "") for position in range(min(count, KINDS_CHANGEABLE))]
        return tuple(Kind(one) for one in chosen) if all(one in set(Kind) for one in chosen) else ()

    @property
    def has_text(self) -> bool:
        """Whether there is a text to be split, whatever else is wrong."""
        return "parsed" in self.cleaned_data

    def show_checked(self, sha256: str) -> None:
        """From now on the form says that the paragraphs of this text were shown."""
        self._show(checked=sha256)


def _is_tagged_english(language: str) -> bool:
    return language.casefold().partition("-")[0] == "en"


def one_kind_of_newline(text: str) -> str:
    """Browsers send CR LF for every line end that a field shows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(content: bytes) -> str:
    """What a browser shows of these bytes, and sends back. Raises TextError."""
    return one_kind_of_newline(decode(content).removeprefix(BOM))


def _packed(content: bytes) -> str:
    return b64encode(zlib.compress(content)).decode()


def _unpacked(packed: str) -> bytes | None:
    """None for what is nothing of ours, and for what would be too long unpacked."""
    try:
        content = zlib.decompressobj().decompress(b64decode(packed, validate=True), TEXT_LIMIT + 1)
        decode(content)
    except (NotBase64, zlib.error, ValueError):
        return None
    return content if len(content) <= TEXT_LIMIT else None
