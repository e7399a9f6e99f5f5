"""Who is looking. A reader without a session is known as such without a cookie or a `Vary` on one."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from articles.models.roles import Visitor, is_editor


def visitor_of(request: HttpRequest) -> Visitor:
    """The signed-in user, else an anonymous one. Touches the session only if the request carries one."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return request.user
    return AnonymousUser()


def visitor(request: HttpRequest) -> dict[str, object]:
    """For every template: `visitor`, and whether they are an editor."""
    who = visitor_of(request)
    return {"visitor": who, "visitor_is_editor": is_editor(who)}
