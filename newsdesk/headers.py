"""What every answer says to browsers: who may load it, and what it may do there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
