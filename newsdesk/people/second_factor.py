"""One-time codes of an authenticator app (RFC 6238), and codes for when the app is lost."""

import hashlib
import logging
import secrets
import time

import pyotp
import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from newsdesk.people.models import RecoveryCode, SecondFactor
from newsdesk.people.sealed import opened, sealed

logger = logging.getLogger(__name__)

RECOVERY_CODES = 10
# Without letters and digits that are taken for each other.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUP, _GROUPS = 4, 4


def is_set_up(user: User) -> bool:
    return SecondFactor.objects.filter(user=user).exists()


def must_have(user: User) -> bool:
    """Whether the desk asks it of them: of editors and administrators, if SECOND_FACTOR_REQUIRED is on."""
    return settings.SECOND_FACTOR_REQUIRED and (user.is_staff or user.has_perm("articles.change_claim"))


def may_pass(user: User, with_code: bool) -> bool:
    """`with_code`: whether their session has shown a code."""
    return with_code or not must_have(user)


def new_secret() -> str:
    return pyotp.random_base32()


def address(user: User, secret: str, host: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=f"Newsdesk {host}")


def drawn(text: str) -> tuple[int, str]:
    """A QR code: its width with its margin, and its dark squares as one SVG path."""
    code = segno.make(text, error="m", micro=False)
    rows = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark
    ]
    return int(code.symbol_size(border=4)[0]), "".join(rows)


def in_groups(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(secret: str, code: str) -> int | None:
    """The half minute that the code belongs to; one before and one after are let pass, as clocks differ."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(_plain(code), for_time=time.time(), valid_window=1)
    except (pyotp.OTPVerificationError, ValueError):
        return None


def set_up(user: User, secret: str, step: int) -> list[str]:
    """In place of any that was there. The recovery codes, which are shown this once."""
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        SecondFactor.objects.create(user=user, secret=sealed(secret), last_step=step)
        return new_recovery_codes(user)


def take_away(user: User) -> None:
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()


def new_recovery_codes(user: User) -> list[str]:
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return codes


def is_one_time_code(code: str) -> bool:
    """Told apart by its looks: six digits. Everything else is taken for a recovery code."""
    plain = _plain(code)
    return plain.isascii() and plain.isdecimal() and len(plain) == 6


def use_one_time_code(user: User, code: str) -> bool:
    """Each is taken once, also of two that are sent in the same moment: the update decides, not what was read. It seals
    the secret anew, so that a new secret key replaces those before it."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        return False
    if (secret := opened(factor.secret)) is None:
        logger.warning("no secret key opens a second factor", extra={"fields": {"user": user.pk}})
        return False
    if (step := step_of(secret, code)) is None:
        return False
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, secret=sealed(secret)))


def use_recovery_code(user: User, code: str) -> bool:
    deleted, _ = RecoveryCode.objects.filter(user=user, digest=_digest(code)).delete()
    return bool(deleted)


def _new_code() -> str:
    """Sixteen letters of thirty-one: 79 bits, so one fast digest is enough."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _digest(code: str) -> str:
    return hashlib.sha256(_plain(code).encode()).hexdigest()
