"""What every answer says to browsers: who may load it, and what it may do there."""

from collections.abc import Callable
from dataclasses import asdict

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = Callable[[HttpRequest], HttpResponse]

# Of what browsers can do the desk copies a citation, and nothing else. They complain of names that they do not know.
_DENIED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "storage-access", "sync-xhr", "usb", "xr-spatial-tracking"),
)
_HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(["clipboard-write=(self)", *(f"{name}=()" for name in _DENIED)]),
    "X-Permitted-Cross-Domain-Policies": "none",
}


def policies(get_response: View) -> View:
    """Stands first, so that redirects, errors and static files say it too. A view may say otherwise for itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


class ContentPolicy(CSPMiddleware):
    """What django-csp says of one page it says of all that ask for the same: there are three such, and putting each
    together anew took a quarter of the time of an empty view."""

    def __init__(self, get_response: View) -> None:
        super().__init__(get_response)
        self._made: dict[str, str] = {}
        # As long as the settings say no more than that.
        self._has_one = settings.CONTENT_SECURITY_POLICY.keys() == {"DIRECTIVES"} and not hasattr(
            settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY"
        )

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        parts = self.get_policy_parts(request=request, response=response)
        says_otherwise = HEADER in response or hasattr(response, "_csp_exempt") or parts.nonce
        # Django's pages for who develops are left without.
        if settings.DEBUG or says_otherwise or not self._has_one:
            return super().process_response(request, response)
        asked = repr((parts.config, parts.update, parts.replace))
        if asked not in self._made:
            self._made[asked] = build_policy(**asdict(parts))
        response.headers[HEADER] = self._made[asked]
        return response
