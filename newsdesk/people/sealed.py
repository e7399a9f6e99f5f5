"""What the database keeps sealed. Whoever has a copy of it, as a backup is, can do nothing with that without the secret
key of the desk. Fernet: AES and an HMAC, by the `cryptography` package."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

# How what is sealed begins: the version of Fernet, and a moment of this century.
_BEGINS = "gAAAAA"


def sealed(words: str) -> str:
    """By the secret key."""
    return _keys().encrypt(words.encode()).decode()


def opened(kept: str) -> str | None:
    """By the secret key or one of those before it. None if none of them fits. What was kept before anything was sealed
    is given as it is."""
    if not kept.startswith(_BEGINS):
        return kept
    try:
        return _keys().decrypt(kept).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (salted_hmac(__name__, "key", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in made])
