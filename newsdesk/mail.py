"""How mail is sent, from EMAIL_URL: to the console, through a mail server, or not at all."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True, slots=True)
class Mail:
    """What Django's settings of mail are to be."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    # Encrypted after a greeting in the clear, or from the first byte on.
    starttls: bool = False
    tls: bool = False

    @property
    def is_sent(self) -> bool:
        return not self.backend.endswith("dummy.EmailBackend")


def mail(url: str, *, debug: bool) -> Mail:
    """Raises ImproperlyConfigured with a sentence, which does not say the address: it may hold a password."""
    if not url:
        return Mail(f"{_BACKENDS}.{'console' if debug else 'dummy'}.EmailBackend")
    if url == "console:":
        return Mail(f"{_BACKENDS}.console.EmailBackend")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if not host or parts.scheme not in ports or parts.path.strip("/"):
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read. Write smtp+starttls://user:password@mail.example.org:587, smtps://… or "
            "smtp://…, or console: to have mail printed."
        )
    return Mail(
        f"{_BACKENDS}.smtp.EmailBackend",
        *(host, port or ports[parts.scheme]),
        *(unquote(parts.username or ""), unquote(parts.password or "")),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )
