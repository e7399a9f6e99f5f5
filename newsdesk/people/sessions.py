"""Sessions in the database, as Django keeps them, found by a query that is compiled once: each request of somebody who
has signed in asks for one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from newsdesk.compiled import Compiled

_NAMED = Compiled(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        """One that has run out, or is not there, is Django's to judge; what never was a key is not looked for, as
        PostgreSQL takes no text with a NUL."""
        key = self.session_key or ""
        if not key.isalnum():
            self._session_key = None
            return None
        found = next(iter(_NAMED.models(key)), None)
        if found and found.expire_date > timezone.now():
            return found
        return super()._get_session_from_db()  # type: ignore[misc]
