"""The form by which a file of annotations comes in: chosen once, and kept while its outcome is looked at."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Any

from django import forms
from django.utils.text import get_valid_filename

from articles.importing.files import MEGABYTE, too_long

# What a browser may send at once; more comes in by command.
MOST = MEGABYTE


class AnnotationsForm(forms.Form):
    """`kept` is the file that was sent before, by the name `named`; another file takes its place."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="File",
        max_length=200,
        help_text=(
            "At most 1 MB, in UTF-8: a W3C Web Annotation collection (ours, Recogito’s), Hypothesis’ export, "
            "or JSON Lines (ours, doccano’s)."
        ),
        widget=forms.FileInput({"accept": ".json,.jsonld,.jsonl,.ndjson,application/json,application/ld+json"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    named = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if upload := data.get("file"):
            if upload.size > MOST:
                raise self._refused(too_long(upload.size, MOST, "Split it, or take manage.py import_annotations."))
            content, name = upload.read(), get_valid_filename(upload.name)
        else:
            kept = _unpacked(data.get("kept") or "")
            if kept is None:
                raise self._refused("Choose a file.")
            content, name = kept, get_valid_filename(data.get("named") or "annotations")
        if not content.strip():
            raise self._refused("The file is empty.")
        return {**data, "content": content, "name": name, "is_new": bool(data.get("file"))}

    def _refused(self, message: str) -> forms.ValidationError:
        return forms.ValidationError({"file": message})

    def keep(self) -> None:
        """From now on the form holds the file."""
        self.data = {"kept": _packed(self.cleaned_data["content"]), "named": self.cleaned_data["name"]}


def _packed(content: bytes) -> str:
    return b64encode(zlib.compress(content)).decode()


def _unpacked(packed: str) -> bytes | None:
    """None for nothing, for what is nothing of ours, and for what would be too long unpacked."""
    try:
        content = zlib.decompressobj().decompress(b64decode(packed, validate=True), MOST + 1)
    except (NotBase64, zlib.error, ValueError):
        return None
    return content if 0 < len(content) <= MOST else None
