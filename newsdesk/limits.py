"""How much may be sent at once. What is more is answered by a page that says so, and says how much may be.

Fields have lengths of their own, which their forms know. The body is read to its end, up to a point, before it is
refused: a browser that is still sending does not look at an answer.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request

View = Callable[[HttpRequest], HttpResponse]

MEGABYTE = 1024 * 1024
MOST_BODY = 5 * MEGABYTE
MOST_READ = 64 * MEGABYTE
# Bytes of path and query. The server itself lets a line of 8,190 pass.
MOST_ADDRESS = 6_000
_AT_ONCE = 64 * 1024


def limits(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponse:
        address = len(request.META.get("QUERY_STRING", "")) + len(request.path_info.encode())
        if address > MOST_ADDRESS:
            return too_long_an_address(request, address)
        size = _size(request)
        if size > MOST_BODY:
            _read(request, min(size, MOST_READ))
            return too_much(request)
        return get_response(request)

    return middleware


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`: what Django refuses because there is too much of it has a page of its own."""
    match exception:
        case RequestDataTooBig():
            _read(request, min(_size(request), MOST_READ))
            return too_much(request)
        case TooManyFieldsSent() | TooManyFilesSent():
            return render(request, "too_many.html", {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}, status=400)
    return bad_request(request, exception)


def too_much(request: HttpRequest) -> HttpResponse:
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE
    return render(request, "too_much.html", {"megabytes": f"{megabytes:g}"}, status=413)


def too_long_an_address(request: HttpRequest, length: int) -> HttpResponse:
    context = {"length": length, "most": MOST_ADDRESS, "path": request.path if len(request.path) < 200 else ""}
    # The page's links repeat the address, which is what was too long.
    request.META["QUERY_STRING"] = ""
    return render(request, "too_long_an_address.html", context, status=414)


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _read(request: HttpRequest, size: int) -> None:
    """And forgets it. What has been read already is not read again."""
    try:
        while size > 0 and (read := request.read(min(size, _AT_ONCE))):
            size -= len(read)
    except OSError:
        # Nobody is sending any more.
        return
