"""The browsers in which somebody is signed in: remembered, listed, ended."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from newsdesk.people.addresses import address_of, browser_of
from newsdesk.people.models import SignedInBrowser, SignInEvent
from newsdesk.people.records import forget_old, record

# In the session: when its use was noted last.
NOTED = "people-noted"
# Seconds. Between two notes of use.
SELDOM = 300
_BROWSERS = (
    *(("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="people-signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="people-signed-out")


def in_words(browser: str) -> str:
    """What a browser calls itself, in short: “Firefox on Linux”."""
    name = next((name for mark, name in _BROWSERS if re.search(rf"{mark}/", browser)), "Another browser")
    system = next((name for mark, name in _SYSTEMS if mark in browser), "")
    return f"{name} on {system}" if system else name


def note_use(request: HttpRequest) -> None:
    """Now and then. Looks at the session only if somebody did before: pages that are the same for all stay so."""
    session = request.session
    if not session.accessed or not request.user.is_authenticated or not session.session_key:
        return
    if time.time() - session.get(NOTED, 0) < SELDOM:
        return
    # Reading goes on while nothing can be written: somebody else writes for long, or the disk is full.
    with suppress(DatabaseError):
        remember(request, request.user)


def remember(request: HttpRequest, user: Any) -> None:
    address = address_of(request)
    SignedInBrowser.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "browser": browser_of(request),
            "address": str(address) if address else None,
            "last_used": timezone.now(),
        },
    )
    request.session[NOTED] = int(time.time())


def listed(user: User) -> list[SignedInBrowser]:
    """Those whose sessions are still there; the others are forgotten."""
    found = list(SignedInBrowser.objects.of(user))
    gone = {one.pk for one in found if not _session(one.session_key).exists(one.session_key)}
    if gone:
        SignedInBrowser.objects.filter(pk__in=gone).delete()
    return [one for one in found if one.pk not in gone]


def end(browsers: list[SignedInBrowser]) -> int:
    for browser in browsers:
        _session(browser.session_key).delete()
        browser.delete()
    return len(browsers)


def end_others(user: User, session_key: str | None) -> int:
    return end([one for one in SignedInBrowser.objects.of(user) if one.session_key != session_key])


@contextmanager
def following(request: HttpRequest) -> Iterator[None]:
    """Around what gives a session another key, as a new password does."""
    before = request.session.session_key
    yield
    SignedInBrowser.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _session(key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)


def _signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if request.session.session_key is None:
        request.session.create()
    remember(request, user)
    record(SignInEvent.Kind.SIGNED_IN, request, user=user)
    forget_old()


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is None:
        return
    SignedInBrowser.objects.filter(session_key=request.session.session_key).delete()
    record(SignInEvent.Kind.SIGNED_OUT, request, user=user)
