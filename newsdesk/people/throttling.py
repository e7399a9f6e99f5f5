"""How often one may try. A lock holds for a name from one address, and for an address; never for a name everywhere, so
nobody can lock an editor out from elsewhere.

Each try is written down before it is judged, so that many at once are counted as well; what was right is taken back, or
written down as what it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from newsdesk.people.models import SignInEvent
from newsdesk.people.records import record, tell

Kind = SignInEvent.Kind


@dataclass(frozen=True)
class Limit:
    """So many tries in such a time, of one name, from one place, or of one name from one place."""

    tries: int
    within: timedelta
    by_name: bool
    by_place: bool


PASSWORD = (
    Limit(5, timedelta(minutes=15), by_name=True, by_place=True),
    # A newsroom may share one address; only what was wrong counts.
    Limit(50, timedelta(minutes=15), by_name=False, by_place=True),
)
# Whoever gets here has the password. So a name is limited everywhere: a million codes are soon tried from a thousand
# addresses. A recovery code cannot be guessed, and opens even then.
CODE = (
    Limit(5, timedelta(minutes=15), by_name=True, by_place=True),
    Limit(20, timedelta(hours=1), by_name=True, by_place=False),
)
RECOVERY = CODE[:1]
RESET = (
    Limit(10, timedelta(hours=1), by_name=False, by_place=True),
    Limit(3, timedelta(hours=1), by_name=True, by_place=False),
)


@dataclass(frozen=True)
class Try:
    """One try that is written down as gone wrong until it is said to have gone right."""

    event: SignInEvent
    # When to try again; None if this one may be judged.
    again_at: datetime | None

    def was(self, kind: Kind, user: User | None = None) -> None:
        self.event.kind, self.event.user = kind, user or self.event.user
        self.event.save(update_fields=["kind", "user"])
        tell(self.event)

    def was_wrong(self) -> None:
        tell(self.event)

    def was_right(self) -> None:
        self.event.delete()


def start(kind: Kind, limits: tuple[Limit, ...], request: HttpRequest, name: str, user: User | None = None) -> Try:
    event = record(kind, request, user=user, name=name, is_open=True)
    waits = [again for limit in limits if (again := _again(event, limit))]
    tried = Try(event, max(waits, default=None))
    if waits:
        tried.was(Kind.REFUSED)
    return tried


def _again(event: SignInEvent, limit: Limit) -> datetime | None:
    """When the oldest of the tries that count will count no longer; None as long as there are fewer than may be."""
    tries = SignInEvent.objects.filter(kind=event.kind, pk__lt=event.pk).since(event.at - limit.within)
    if limit.by_name:
        tries = tries.filter(name_key=event.name_key)
        tries = tries.filter(pk__gt=_last_right(event) if limit.by_place else 0)
    if limit.by_place:
        tries = tries.filter(place=event.place)
    times = list(tries.order_by("-at", "-pk").values_list("at", flat=True)[: limit.tries])
    return times[-1] + limit.within if len(times) == limit.tries else None


def _last_right(event: SignInEvent) -> int:
    """Whoever got in from there with that name starts counting anew."""
    right = SignInEvent.objects.filter(kind=Kind.SIGNED_IN, name_key=event.name_key, place=event.place)
    return right.order_by("-pk").values_list("pk", flat=True).first() or 0


def in_words(again_at: datetime) -> str:
    """How long to wait, rounded up to minutes."""
    minutes = max(-int((timezone.now() - again_at).total_seconds() // 60), 1)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
