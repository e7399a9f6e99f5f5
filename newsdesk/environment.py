"""Typed readers of the environment. Each fails at the start with a sentence that says what to do."""

import os
import re
import secrets
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

# `*`, a name with or without a dot in front, a number, or IPv6 in brackets.
_HOST = re.compile(r"\*|\.?[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]")
_ORIGIN = re.compile(r"https?://(?:\*\.)?(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:.]+\])(?::\d+)?")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_YES = {"1", "true", "yes", "on"}
_NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def one_of(name: str, default: str, allowed: Sequence[str]) -> str:
    """One of these words, however it is written: `debug` for DEBUG."""
    value = text(name, default).strip().upper()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(allowed)}.")
    return value


def mail_address(name: str, default: str) -> str:
    value = text(name, default).strip()
    try:
        validate_email(value)
    except ValidationError:
        raise ImproperlyConfigured(f"{name}={value!r} is no mail address: write name@example.org.") from None
    return value


def folder(name: str, default: Path) -> Path:
    """A folder, which is made if it is not there."""
    path = Path(os.environ.get(name) or default)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path} is no folder that can be written to: {error.strerror}.") from None
    return path


def switch(name: str, default: bool) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off or an empty value."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off: set {name}=1 or {name}=0.")


def number(name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name}={found} is not between {least} and {most}.")
    return found


def words(name: str, default: str) -> list[str]:
    """A list separated by commas; blanks around each entry do not count."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def hosts(name: str, default: str) -> list[str]:
    """Names that the desk answers to, without a scheme or a path."""
    found = words(name, default)
    if wrong := [host for host in found if not _HOST.fullmatch(host)]:
        raise ImproperlyConfigured(f"{name} names {wrong[0]!r}: write the host alone, as in news.example.org.")
    return found


def origins(name: str, default: str) -> list[str]:
    """Schemes with hosts, without a path."""
    found = words(name, default)
    if wrong := [origin for origin in found if not _ORIGIN.fullmatch(origin)]:
        raise ImproperlyConfigured(f"{name} names {wrong[0]!r}: write https://news.example.org, without a path.")
    return found


def networks(name: str, default: str) -> list[IPv4Network | IPv6Network]:
    """Addresses, or networks as in 10.0.0.0/8."""
    try:
        return [ip_network(word) for word in words(name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}. Write 10.0.0.7 or 10.0.0.0/8.") from None


def secret_key(folder: Path, *, debug: bool) -> str:
    """SECRET_KEY from the environment; with DEBUG on, else one made once and kept in `folder`."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if not debug:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text and keep it secret; "
            "`make serve` makes one for this machine."
        )
    return kept_secret(folder / "secret-key")


def kept_secret(path: Path) -> str:
    """The secret in the file, which is made, readable by its owner only, if it is not there or holds nothing."""
    path.touch(mode=0o600)
    if not (kept := path.read_text().strip()):
        kept = secrets.token_urlsafe(50)
        path.write_text(kept)
    return kept
