"""Static files in production: hashed and compressed by WhiteNoise, and each style sheet whole.

In development a browser follows `@import`. Every sheet imported is a request more, made only when the sheet before it
has come; so what is collected holds them in place.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
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
