"""Second factors, the browsers in which people are signed in, and what happened at the front door."""

import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone


def new_uid() -> str:
    return secrets.token_urlsafe(9)


class SecondFactor(models.Model):
    """An authenticator app whose code was right once. Who has none has no row."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=200, help_text="What the app was given, in base 32, sealed.")
    last_step = models.BigIntegerField(
        default=0, help_text="The half minute whose code was used last: it and those before are not taken again."
    )
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"The second factor of {self.user}"


class RecoveryCode(models.Model):
    """Kept as a digest. Each is good once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"A recovery code of {self.user}"


class SignedInBrowserQuerySet(models.QuerySet["SignedInBrowser"]):
    def of(self, user: User) -> "SignedInBrowserQuerySet":
        """The one used last comes first."""
        return self.filter(user=user).order_by("-last_used", "-pk")

    def not_used_since(self, then: datetime) -> "SignedInBrowserQuerySet":
        return self.filter(last_used__lt=then)


class SignedInBrowser(models.Model):
    """A session, with what its owner may know it by. Forgotten with the session."""

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browsers")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=300, help_text="As it calls itself.")
    address = models.GenericIPAddressField(null=True)
    since = models.DateTimeField(default=timezone.now)
    last_used = models.DateTimeField(default=timezone.now, help_text="To within five minutes.")

    objects = SignedInBrowserQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} on {self.browser}"


class SignInEventQuerySet(models.QuerySet["SignInEvent"]):
    def of(self, user: User, name_key: str) -> "SignInEventQuerySet":
        return self.filter(models.Q(user=user) | models.Q(name_key=name_key)).order_by("-at", "-pk")

    def since(self, then: datetime) -> "SignInEventQuerySet":
        return self.filter(at__gt=then)

    def before(self, then: datetime) -> "SignInEventQuerySet":
        return self.filter(at__lt=then)


class SignInEvent(models.Model):
    """One try at the front door, or one change of what opens it. Kept for SIGN_INS_KEPT_DAYS."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed-in", "Signed in"
        SIGNED_OUT = "signed-out", "Signed out"
        WRONG_PASSWORD = "wrong-password", "Wrong password"
        PASSWORD_GIVEN = "password-given", "Right password, code asked for"
        WRONG_CODE = "wrong-code", "Right password, wrong code"
        REFUSED = "refused", "Refused after too many tries"
        RESET_ASKED = "reset-asked", "New password asked for by mail"
        PASSWORD_CHANGED = "password-changed", "Password changed"
        FACTOR_SET = "factor-set", "Second factor set up"
        FACTOR_TAKEN = "factor-taken", "Second factor taken away"
        CODES_MADE = "codes-made", "New recovery codes"
        CODE_USED = "code-used", "Recovery code used"
        ENDED = "ended", "Another session ended"

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="sign_in_events")
    # Not the name itself: people type passwords into that field, and names that nobody has stay nobody's business.
    name_key = models.CharField(max_length=32, blank=True, help_text="A keyed digest of the name that was typed.")
    address = models.GenericIPAddressField(null=True)
    place = models.CharField(max_length=45, blank=True, help_text="What counts as one address: of IPv6 a whole /64.")
    browser = models.CharField(max_length=300, blank=True)

    objects = SignInEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="sign_in_event_at"),
            models.Index(fields=["place", "at"], name="sign_in_event_place"),
            models.Index(fields=["name_key", "at"], name="sign_in_event_name"),
            models.Index(fields=["user", "at"], name="sign_in_event_user"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
