"""An error tracker that speaks Sentry's protocol, if one is named. Without it nothing is sent and nothing is loaded."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsdesk.logs import request_id


def report_faults(dsn: str) -> None:
    """From now on faults of this process are sent there, without what people sent or who they are.

    Raises ImproperlyConfigured with a sentence.
    """
    if not dsn:
        return
    try:
        sdk = import_module("sentry_sdk")
    except ImportError:
        raise ImproperlyConfigured(
            "ERROR_TRACKER_DSN is set, and sentry-sdk is not installed: .venv/bin/pip install sentry-sdk"
        ) from None
    try:
        sdk.init(
            dsn,
            max_request_body_size="never",
            include_local_variables=False,
            before_send=_without_what_was_asked,
        )
    except sdk.utils.BadDsn:
        raise ImproperlyConfigured(
            "ERROR_TRACKER_DSN cannot be read. Write https://KEY@tracker.example.org/PROJECT."
        ) from None


def _without_what_was_asked(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """The id finds the request in the log; headers, cookies and search terms stay here."""
    event.pop("user", None)
    asked = event.get("request", {})
    event["request"] = {name: asked[name] for name in ("method", "url") if name in asked}
    event.setdefault("tags", {})["request_id"] = request_id.get()
    return event
