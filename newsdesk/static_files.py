"""Static files in production: hashed and compressed by WhiteNoise, and each style sheet whole.

In development a browser follows `@import`. Every sheet imported is a request more, made only when the sheet before it
has come; so what is collected holds them in place. The page at which most readers arrive holds its sheets itself: it
can be painted as soon as it is there.
"""

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache as once
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from whitenoise.storage import CompressedManifestStaticFilesStorage

# As our own sheets write it. A sheet that comes with a package stays as it is.
_OURS = "css/"
_IMPORT = re.compile(r'^@import url\("([^":]+)"\);\n', re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]


class WholeSheetsStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # It comes without types.
    def post_process(self, paths: Paths, *args: Any, **options: Any) -> Iterator[tuple[str, str, bool]]:
        whole = {name: (_Whole(place[0]), place[1]) if _is_sheet(name) else place for name, place in paths.items()}
        yield from super().post_process(whole, *args, **options)


class _Whole:
    """A storage that opens style sheets with what they import in place."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, path: str) -> "ContentFile[bytes]":
        return ContentFile(whole_sheet(self._storage, path).encode(), name=path)


def _is_sheet(name: str) -> bool:
    return name.startswith(_OURS) and name.endswith(".css")


def whole_sheet(storage: Storage, path: str) -> str:
    """The sheet at this path, what it imports in the place of each import. Raises FileNotFoundError for one that is not
    there, RecursionError for one that imports itself."""
    with storage.open(path) as file:
        text = file.read().decode()
    folder = posixpath.dirname(path)
    return _IMPORT.sub(lambda found: whole_sheet(storage, posixpath.join(folder, found[1])), text)


# ---- Sheets that a page holds ----

# Addresses in them would be read from the page's address: they have none (a test).
_OF_THE_READING_PAGE = ("css/base.css", "css/article_detail.css")


def reading_sheet() -> str:
    """The whole style of the reading page. Read once, except under `DEBUG`."""
    return _read_sheet() if settings.DEBUG else _read_sheet_once()


def reading_style() -> SafeString:
    """It as an element. Nothing of it is escaped: it is a file of ours."""
    return format_html("<style>{}</style>", mark_safe(reading_sheet()))


def reading_sheet_hash() -> str:
    """What allows it, and no other, in a Content-Security-Policy (a hash source of CSP 3)."""
    return _hash_source(reading_sheet())


@lru_cache(maxsize=1)
def _hash_source(sheet: str) -> str:
    return f"'sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}'"


def _read_sheet() -> str:
    ours = FileSystemStorage(settings.BASE_DIR / "static")
    return "".join(whole_sheet(ours, name) for name in _OF_THE_READING_PAGE)


@once
def _read_sheet_once() -> str:
    return _read_sheet()
