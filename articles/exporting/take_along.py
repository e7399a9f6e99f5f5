"""Taking along: claims as the answer to a request, in the format that it asks for, written while they are read."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from articles.desk_stamp import stamp_of_desk
from articles.exporting import annotations, rows
from articles.exporting.lines import lines
from articles.exporting.negotiating import MEDIA_TYPES, ExportForm
from articles.exporting.tables import table
from articles.models import Claim
from articles.models.claim import ClaimQuerySet
from articles.models.listed import ListedQuerySet
from articles.models.roles import Visitor, is_editor
from articles.requests import HtmxHttpRequest

# Moved when the same claims are written otherwise than before.
_WRITING = 1
PER_PAGE = 1_000
# Of CSV and JSON Lines, sent at once; of annotations, which are longer, it is enough as well.
_LINES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Export:
    """`label` is what the claims are of, `name` that of the file without its ending; `listed` are the rows of the
    claims, where they come from a list."""

    request: HtmxHttpRequest
    form: ExportForm
    visitor: Visitor
    claims: ClaimQuerySet
    name: str
    label: str
    listed: ListedQuerySet | None = None

    @property
    def host(self) -> str:
        return self.request.build_absolute_uri("/")[:-1]

    @property
    def quotes(self) -> bool:
        return str(self.form.cleaned_data["quotes"]) != "0"

    @property
    def for_editors(self) -> bool:
        return is_editor(self.visitor)

    def asked(self, name: str) -> Any:
        return self.form.cleaned_data[name]

    def address(self, **changes: str) -> str:
        query = self.request.GET.copy()
        for name, value in {"format": "jsonld", "after": "", "index": "", **changes}.items():
            query.setlist(name, [value] if value else [])
        return f"{self.host}{self.request.path}?{query.urlencode()}"

    @property
    def is_everything(self) -> bool:
        """Nothing narrows it but who asks."""
        return self.request.path == reverse("claim_list") and not self.request.GET.keys() - self.form.fields.keys()

    def read(self) -> Iterator[rows.ClaimRow]:
        if self.listed is not None and self.is_everything:
            return self.read_of(rows.keys_in_stretches(self.listed))
        return self.read_of([rows.keys_of(self.claims)])

    def read_of(self, stretches: "Iterable[array[int]]") -> Iterator[rows.ClaimRow]:
        return rows.read(stretches, Claim.objects.listed_for(self.visitor), for_editors=self.for_editors)


def answer(export: Export, *, is_one: bool = False) -> HttpResponseBase:
    """304 if nothing has changed; nothing is read for the head alone."""
    request, format = export.request, export.asked("format")
    made_of = (_WRITING, request.build_absolute_uri(), format, export.for_editors, stamp_of_desk())
    etag = f'"{sha256(repr(made_of).encode()).hexdigest()[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None and request.method == "HEAD":
        # As long as it would be, which nobody knows yet.
        response = StreamingHttpResponse([])
    if response is None:
        response = StreamingHttpResponse(_at_once(_written(export, format, is_one)))
    if response.status_code == 200:
        response.headers["Content-Type"] = MEDIA_TYPES[format]
        response.headers["Content-Disposition"] = content_disposition_header(True, f"{export.name}.{format}")
    response.headers["ETag"] = etag
    return response


def _written(export: Export, format: str, is_one: bool) -> Iterator[str]:
    if format == "csv":
        bom = export.asked("bom") == "1"
        return table(export.read(), export.host, quotes=export.quotes, bom=bom)
    if format == "jsonl":
        return lines(export.read(), export.host, quotes=export.quotes)
    return _one(export) if is_one else _annotations(export)


def _one(export: Export) -> Iterator[str]:
    for claim in export.read():
        yield annotations.single(claim, export.host, quotes=export.quotes) + "\n"


def _annotations(export: Export) -> Iterator[str]:
    """A collection with its first page, or with all of them in it; or the page after a claim."""
    claims, index = export.claims, export.asked("index") or 0
    most = None if export.asked("whole") == "1" else PER_PAGE
    last = Claim.objects.with_uid(export.asked("after")).first() if export.asked("after") else None
    if last:
        claims = rows.after(claims, last)
    keys = rows.keys_of(claims, most + 1 if most else None)
    following = ""
    if most and len(keys) > most:
        end = Claim.objects.in_bulk([keys[most - 1]])[keys[most - 1]]
        following = export.address(after=end.uid, index=str(index + most))
    read = export.read_of([keys[:most]])
    shared: dict[str, Any] = {"following": following, "quotes": export.quotes}
    if last:
        address = export.address(after=last.uid, index=str(index))
        return annotations.page(read, export.host, address=address, of=export.address(), index=index, **shared)
    total, label = export.claims.count(), export.label
    return annotations.collection(read, export.host, address=export.address(), label=label, total=total, **shared)


def _at_once(parts: Iterator[str]) -> Iterator[bytes]:
    while some := "".join(islice(parts, _LINES_AT_ONCE)):
        yield some.encode()
