"""Signing in, in one step or two: name and password, then a code if the account has a second factor.

Nobody is signed in between the steps: the session holds who gave the password, for a few minutes, and no more.
"""

import time
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import authenticate, load_backend, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from newsdesk.people import second_factor, throttling
from newsdesk.people.models import SignInEvent

Kind = SignInEvent.Kind

# In the session: who gave the password, by which backend, and when.
_HALF = "people-half-way"
# In the session: that a code was given.
WITH_CODE = "people-with-code"
_HALF_SECONDS = 5 * 60
WRONG = "That name and password do not go together. Check both, capital letters included, and try again."
WRONG_CODE = "That code is not right, or was used before. Wait for the next one, and check the clock of your phone."
TOO_OFTEN = "Too many tries. Try again in %(wait)s."
TOO_SLOW = "That took longer than five minutes. Give your name and password once more."


class _TryingForm(forms.Form):
    """What can be tried only so often. `is_refused` says that it was not even looked at."""

    is_refused = False

    def refuse(self, tried: throttling.Try) -> ValidationError:
        self.is_refused = True
        assert tried.again_at
        return ValidationError(TOO_OFTEN, code="refused", params={"wait": throttling.in_words(tried.again_at)})


class PasswordForm(_TryingForm, AuthenticationForm):
    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    # An account needs no more than that, and to make a digest of more takes long.
    password = forms.CharField(
        max_length=4_096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None, *, prefix: str | None = None) -> None:
        super().__init__(request=request, data=data, prefix=prefix)
        self.fields["username"].label = "Name"

    @property
    def trouble(self) -> str:
        """One sentence. What is missing is said as what is wrong: both are to be checked."""
        return str(next(iter(self.non_field_errors()), WRONG))

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        assert self.request
        tried = throttling.start(Kind.WRONG_PASSWORD, throttling.PASSWORD, self.request, name)
        if tried.again_at:
            raise self.refuse(tried)
        self.user_cache = authenticate(self.request, username=name, password=password)
        if self.user_cache is None:
            tried.was_wrong()
            raise self.get_invalid_login_error()
        if second_factor.is_set_up(self.user_cache):
            tried.was(Kind.PASSWORD_GIVEN, self.user_cache)
        else:
            tried.was_right()
        return self.cleaned_data


class CodeForm(_TryingForm):
    code = forms.CharField(
        max_length=40,
        label="Code",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, user: User, data: Any = None, *, prefix: str | None = None) -> None:
        super().__init__(data=data, prefix=prefix)
        self.request, self.user = request, user

    @property
    def trouble(self) -> str:
        return str(next(iter(self.non_field_errors()), WRONG_CODE))

    def clean(self) -> dict[str, Any]:
        code = self.cleaned_data.get("code")
        if code:
            self._check(code)
        return self.cleaned_data

    def _check(self, code: str) -> None:
        is_one_time = second_factor.is_one_time_code(code)
        limits = throttling.CODE if is_one_time else throttling.RECOVERY
        tried = throttling.start(Kind.WRONG_CODE, limits, self.request, self.user.get_username(), self.user)
        if tried.again_at:
            raise self.refuse(tried)
        use = second_factor.use_one_time_code if is_one_time else second_factor.use_recovery_code
        if not use(self.user, code):
            tried.was_wrong()
            raise ValidationError(WRONG_CODE, code="wrong")
        if is_one_time:
            tried.was_right()
        else:
            tried.was(Kind.CODE_USED, self.user)


@dataclass(frozen=True)
class Step:
    """What to show next; or that somebody has signed in."""

    form: PasswordForm | CodeForm
    is_done: bool = False

    @property
    def asks_for_code(self) -> bool:
        return isinstance(self.form, CodeForm)

    @property
    def is_refused(self) -> bool:
        return self.form.is_refused


def fields(prefix: str | None = None) -> set[str]:
    """The names of what the forms of both steps ask for."""
    return {_named(name, prefix) for name in ("username", "password", "code")}


def take(request: HttpRequest, data: QueryDict | None = None, *, prefix: str | None = None) -> Step:
    """The first step, or the one after what was sent."""
    if data is None:
        return Step(PasswordForm(request, prefix=prefix))
    if _named("code", prefix) in data:
        return _take_code(request, data, prefix)
    form = PasswordForm(request, data, prefix=prefix)
    if not form.is_valid():
        return Step(form)
    user = form.get_user()
    if second_factor.is_set_up(user):
        request.session[_HALF] = [user.pk, user.backend, int(time.time())]
        return Step(CodeForm(request, user, prefix=prefix))
    request.session.pop(_HALF, None)
    login(request, user)
    return Step(form, is_done=True)


def _take_code(request: HttpRequest, data: QueryDict, prefix: str | None) -> Step:
    user = _half_way(request)
    if user is None:
        request.session.pop(_HALF, None)
        late = PasswordForm(request, {}, prefix=prefix)
        late.add_error(None, TOO_SLOW)
        return Step(late)
    form = CodeForm(request, user, data, prefix=prefix)
    if not form.is_valid():
        return Step(form)
    backend = request.session.pop(_HALF)[1]
    login(request, user, backend=backend)
    request.session[WITH_CODE] = True
    return Step(form, is_done=True)


def _half_way(request: HttpRequest) -> User | None:
    """Who gave the password a short while ago, as they are now."""
    pk, backend, at = request.session.get(_HALF) or (None, "", 0)
    if pk is None or time.time() - at > _HALF_SECONDS:
        return None
    found = load_backend(backend).get_user(pk)
    return found if isinstance(found, User) else None


def _named(name: str, prefix: str | None) -> str:
    return f"{prefix}-{name}" if prefix else name
