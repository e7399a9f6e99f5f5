"""What HEAD asks for is said by headers alone."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.test import RequestFactory

from newsdesk.methods import headers_alone
from tests.factories import make_claim


def test_the_body_is_left_out_for_head_alone(rf: RequestFactory) -> None:
    for ask, body in ((rf.head, b""), (rf.get, b"words")):
        plain = headers_alone(lambda request: HttpResponse("words", headers={"Content-Length": "5"}))(ask("/"))
        assert (plain.content, plain["Content-Length"]) == (body, "5")
        streamed = headers_alone(lambda request: StreamingHttpResponse(iter([b"words"])))(ask("/"))  # type: ignore
        assert b"".join(streamed) == body
    assert headers_alone(lambda request: HttpResponseNotModified())(rf.head("/")).content == b""


@pytest.mark.django_db(transaction=True)
def test_what_would_have_been_streamed_is_closed(rf: RequestFactory) -> None:
    closed = []

    class Rows:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"words"])

        def close(self) -> None:
            closed.append(True)

    headers_alone(lambda request: StreamingHttpResponse(Rows()))(rf.head("/")).close()  # type: ignore
    assert closed == [True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/", "/articles/strikes/", "/claims/?format=csv", "/nothing/", "/robots.txt"])
def test_the_server_is_given_none_to_throw_away(rf: RequestFactory, address: str) -> None:
    make_claim()
    told = {}
    for method in ("GET", "HEAD"):
        environ = rf.generic(method, address).environ
        response = WSGIHandler()(environ, lambda status, headers, *_: told.setdefault(status, []).append(dict(headers)))
        body = b"".join(response)
        response.close()
        assert bool(body) is (method == "GET")
    ((got, head),) = told.values()
    assert got.get("Content-Length") == head.get("Content-Length")
    assert got["Content-Type"] == head["Content-Type"]
