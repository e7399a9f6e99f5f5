"""Public ids: what stands in addresses and files instead of primary keys."""

import secrets
from hashlib import sha256

from django.core.validators import RegexValidator
from django.db import models

# Crockford's base 32 in lower case: no i, l, o, u, so an id read aloud or retyped is not mistaken.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LETTER_OF_BYTE = bytes(ord(_ALPHABET[byte & 31]) for byte in range(256))
UID_LENGTH = 12
UID_PATTERN = r"[0-9a-z]{4,26}"


def new_uid() -> str:
    """Twelve random characters (60 bits): a million ids collide with a chance of one in two million."""
    return _in_letters(secrets.token_bytes(UID_LENGTH))


def uid_from(*parts: str) -> str:
    """Twelve characters that are always the same for the same parts."""
    return _in_letters(sha256("\0".join(parts).encode()).digest()[:UID_LENGTH])


def _in_letters(bytes_: bytes) -> str:
    """One for each."""
    return bytes_.translate(_LETTER_OF_BYTE).decode()


def uid_field() -> "models.CharField[str, str]":
    return models.CharField(
        "public id",
        max_length=26,
        unique=True,
        default=new_uid,
        editable=False,
        validators=[RegexValidator(rf"^{UID_PATTERN}$")],
    )
