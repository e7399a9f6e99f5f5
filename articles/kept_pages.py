"""Pages for readers without a session: told apart by their stamps, kept whole, answered with 304 before anything is
rendered. Whoever has a session is answered by the desk alone, each time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as once
from functools import wraps
from gzip import compress
from hashlib import sha256
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.utils.http import parse_etags

from articles.desk_stamp import stamp_of_desk
from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.requests import HtmxHttpRequest, asked_of, is_part, vary_on
from newsdesk.compiled import Compiled

View = Callable[..., HttpResponse]
Stamp = Callable[..., object]

SECONDS = 3600
# For caches between the desk and its readers: half of the minute after which all of them show what was saved, and the
# other half in which they may still show what they have while they ask. Longer only while the desk cannot answer.
FOR_CACHES = "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=600"
# While the database is away readers get the page as it was known to be so many seconds ago at most.
AGE = 300
_MOST_SEEN = 2000
# Who makes a page holds one of these; seconds that others wait at most before they make it too.
_MAKING = [Lock() for _ in range(256)]
_PATIENCE = 5.0
_VARY = ("HX-Request", "Cookie", "Accept", "Accept-Encoding")
_ARTICLE = Compiled(lambda slug: _in_public().named(slug).values_list("stamp", "story__stamp", "pk"))

_IN_STORY = ("story__stamp", "story")
_STORY = Compiled(lambda slugs: _in_public().in_stories(slugs).values_list(*_IN_STORY)[:1])
_QUESTION = Compiled(lambda slug: _in_public().asked(slug).values_list(*_IN_STORY)[:1])


def _in_public() -> ArticleQuerySet:
    return Article.objects.visible_to(AnonymousUser()).order_by()


@dataclass(frozen=True, slots=True)
class Kept:
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The address with its host, and whether it may be answered compressed."""

    url: str
    zipped: bool


# When each page was last known to be as it is kept, and its key: in this process.
_seen: dict[_Asked, tuple[float, str]] = {}


def of_the_desk(*args: Any, **kwargs: Any) -> object:
    """The stamp of any page. One query."""
    return stamp_of_desk()


def of_the_article(slug: str) -> object:
    """The stamp of the reading page of an article: its own, and its story's. None if readers have no such page. One
    query, by the index of slugs."""
    return next(iter(_ARTICLE.rows(slug)), None)


def of_the_story(slug: str, question: str = "") -> object:
    """The stamp of the pages of a story: its own. None if readers have none of them. One query."""
    return next(iter(_STORY.rows([slug])), None)


def of_the_question(question: str) -> object:
    """The same, of the story in which it is asked."""
    return next(iter(_QUESTION.rows(question)), None)


def kept_for_readers(*parameters: str, stamp: Stamp = of_the_desk, is_for_all: bool = False) -> Callable[[View], View]:
    """Around the view of a page. What an address asks for besides these parameters is not kept, so that made-up
    addresses cannot crowd out the others; neither is what `not_to_be_kept` says. `is_for_all`: who has a session gets
    the same page."""
    vary = tuple(name for name in _VARY if name != "Cookie" or not is_for_all)

    def around(view: View) -> View:
        @wraps(view)
        def answered(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if settings.SESSION_COOKIE_NAME in request.COOKIES or is_part(request):
                return view(request, *args, **kwargs)
            asked = _Asked(_address(request), bool(re_accepts_gzip.search(_accepted(request))))
            try:
                moment = stamp(*args, **kwargs)
            except DatabaseError:
                if (last := _last_known(asked)) is None:
                    raise
                return last
            if moment is None:
                response = view(request, *args, **kwargs)
                vary_on(response, vary)
            else:
                page = _Page(request, asked, moment, frozenset(parameters), vary)
                response = page.known() or page.made(lambda: view(request, *args, **kwargs))
            return response

        return answered

    return around


def not_to_be_kept(request: HttpRequest) -> None:
    """The address asks for what there is not."""
    request.is_made_up = True  # type: ignore[attr-defined]


class _Page:
    """A page as it is at one moment. The tag is a weak one: the same page compressed is the same page."""

    def __init__(
        self, request: HttpRequest, asked: _Asked, moment: object, parameters: frozenset[str], vary: tuple[str, ...]
    ) -> None:
        name = sha256(f"{release()}|{asked.url}|{moment}".encode()).hexdigest()[:32]
        self.request, self.asked, self.vary = request, asked, vary
        self.tag, self.key = f'W/"{name}"', f"page:{name}:{int(asked.zipped)}"
        self.may_be_kept = not asked_of(request).keys() - parameters

    def known(self) -> HttpResponse | None:
        """304, or as it is kept."""
        tags = self.request.META.get("HTTP_IF_NONE_MATCH")
        if tags and (tags == self.tag or self.tag in parse_etags(tags)):
            _note(self.asked, self.key)
            response = _headed(HttpResponseNotModified(), self.tag)
            response.headers["Vary"] = ", ".join(self.vary)
            return response
        kept: Kept | None = cache.get(self.key) if self.may_be_kept else None
        if kept is None:
            return None
        _note(self.asked, self.key)
        return _headed(_response(kept), self.tag)

    def made(self, make: Callable[[], HttpResponse]) -> HttpResponse:
        """Once: of many who ask for a page that has just changed, one makes it and the others wait for that."""
        if not self.may_be_kept:
            return self._kept(make())
        making = _MAKING[hash(self.key) % len(_MAKING)]
        is_first = making.acquire(timeout=_PATIENCE)
        try:
            return self.known() or self._kept(make())
        finally:
            if is_first:
                making.release()

    def _kept(self, response: HttpResponse) -> HttpResponse:
        vary_on(response, self.vary)
        if response.status_code != 200 or response.cookies:
            return response
        body, headers = response.content, dict(response.items())
        if self.asked.zipped:
            body, headers["Content-Encoding"] = compress(body, 6, mtime=0), "gzip"
        kept = Kept(body, headers)
        if self.may_be_kept and not getattr(self.request, "is_made_up", False):
            cache.set(self.key, kept, SECONDS)
            _note(self.asked, self.key)
        return _headed(_response(kept), self.tag)


def _headed(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = FOR_CACHES
    return response


def _response(kept: Kept) -> HttpResponse:
    return HttpResponse(kept.body, headers=kept.headers)


def _address(request: HttpRequest) -> str:
    """As it was asked for, with all that links in the page are made with."""
    return f"{request.scheme}://{request.get_host()}{request.path}?{request.META.get('QUERY_STRING', '')}"


def _accepted(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_ACCEPT_ENCODING", ""))


# ---- While the database is away ----


def _note(asked: _Asked, key: str) -> None:
    if len(_seen) >= _MOST_SEEN:
        _seen.clear()
    _seen[asked] = time.monotonic(), key


def _last_known(asked: _Asked) -> HttpResponse | None:
    """As this process knew it a while ago. It says how long, and is kept by nobody."""
    when, key = _seen.get(asked, (0.0, ""))
    age = time.monotonic() - when
    kept: Kept | None = cache.get(key) if key and age <= AGE else None
    if kept is None:
        return None
    response = _response(kept)
    response.headers["Age"] = str(int(age))
    response.headers["Cache-Control"] = "no-store"
    return response


# ---- The release ----


def release() -> str:
    """What pages are made with besides what the desk holds: another release makes others. Equal on all machines."""
    return _digest_of_files() if settings.DEBUG else _digest_once()


@once
def _digest_once() -> str:
    return _digest_of_files()


def _digest_of_files() -> str:
    digest = sha256(repr((settings.ERRATA_EMAIL, settings.DEBUG)).encode())
    for folder in ("articles", "newsdesk", "templates", "static"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
