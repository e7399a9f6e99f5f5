"""What happened at the front door, kept for a stated time and told to the log."""

import logging
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from newsdesk.people.addresses import address_of, browser_of, place_of
from newsdesk.people.models import SignedInBrowser, SignInEvent, SignInEventQuerySet

logger = logging.getLogger(__name__)


def record(
    kind: SignInEvent.Kind,
    request: HttpRequest | None,
    *,
    user: User | None = None,
    name: str = "",
    is_open: bool = False,
) -> SignInEvent:
    """`name` is what was typed; of it only a keyed digest is kept. `is_open`: how it ends is told later."""
    address = address_of(request) if request else None
    event = SignInEvent.objects.create(
        kind=kind,
        user=user,
        name_key=name_key(user.get_username() if user and not name else name),
        address=str(address) if address else None,
        place=place_of(address),
        browser=browser_of(request) if request else "",
    )
    if not is_open:
        tell(event)
    return event


def tell(event: SignInEvent) -> None:
    """To the log: nothing in it was typed by anybody."""
    logger.info("sign-in: %s, user %s, from %s", event.kind, event.user_id or "-", event.address or "-")


def name_key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return salted_hmac("newsdesk.people.name", folded).hexdigest()[:32] if name else ""


def forget_old() -> tuple[int, int]:
    """Deletes events older than SIGN_INS_KEPT_DAYS, and browsers whose sessions have run out. How many of each."""
    now = timezone.now()
    events, _ = SignInEvent.objects.before(now - timedelta(days=settings.SIGN_INS_KEPT_DAYS)).delete()
    over = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    browsers, _ = SignedInBrowser.objects.not_used_since(over).delete()
    return events, browsers


def events_of(user: User) -> SignInEventQuerySet:
    """What happened to an account, tries with its name by others among it; the last comes first."""
    return SignInEvent.objects.of(user, name_key(user.get_username()))
