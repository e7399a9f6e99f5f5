"""Pages of an account, for whoever has signed in; and a new password for who cannot."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsdesk.mail import Mail
from newsdesk.people import browsers, records, second_factor
from newsdesk.people.forms import ChangeForm, CodeAgainForm, ForgottenForm, NewPasswordForm, SetUpForm
from newsdesk.people.models import SignInEvent
from newsdesk.people.signing_in import WITH_CODE

Kind = SignInEvent.Kind
View = Callable[..., HttpResponse]

either = require_http_methods(["GET", "HEAD", "POST"])
_secret = sensitive_post_parameters()
# In the session: what an authenticator app has been shown and has not proved yet.
_SHOWN = "people-secret-shown"
_EVENTS = 20


def own(view: View) -> View:
    """For whoever has signed in; kept by nobody. The view gets the user."""

    @never_cache
    @wraps(view)
    def passed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, request.user, *args, **kwargs)

    return passed


@require_safe
@own
def account(request: HttpRequest, user: User) -> HttpResponse:
    context = {
        "browsers": [
            (one, browsers.in_words(one.browser), one.session_key == request.session.session_key)
            for one in browsers.listed(user)
        ],
        "events": [(one, browsers.in_words(one.browser)) for one in records.events_of(user)[:_EVENTS]],
        "kept_days": settings.SIGN_INS_KEPT_DAYS,
        "has_second_factor": second_factor.is_set_up(user),
        "must_have": second_factor.must_have(user),
    }
    return render(request, "people/account.html", context)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@never_cache
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Said by a page of its own: a notice would need a session, and readers without one share the pages that are kept
    for all. Whoever has signed in since is led on."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "people/signed_out.html")


@_secret
@either
@own
def account_password(request: HttpRequest, user: User) -> HttpResponse:
    form = ChangeForm(request, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        with browsers.following(request):
            update_session_auth_hash(request, user)
        ended = browsers.end_others(user, request.session.session_key)
        records.record(Kind.PASSWORD_CHANGED, request, user=user)
        messages.success(request, f"Your password is changed. {_ended(ended)}")
        return redirect("account")
    return _page(request, "people/account_password.html", {"form": form})


@require_POST
@own
def sessions_end(request: HttpRequest, user: User) -> HttpResponse:
    """One, by its `uid`; or all but this one."""
    here, uid = request.session.session_key, request.POST.get("uid", "")
    others = [one for one in browsers.listed(user) if one.session_key != here]
    ended = browsers.end([one for one in others if uid in ("", one.uid)])
    if ended:
        records.record(Kind.ENDED, request, user=user)
    messages.success(request, _ended(ended))
    return redirect("account")


@_secret
@either
@own
def second_factor_page(request: HttpRequest, user: User) -> HttpResponse:
    if second_factor.is_set_up(user):
        return _factor_shown(request, user)
    secret = request.session.setdefault(_SHOWN, second_factor.new_secret())
    form = SetUpForm(request, user, secret, request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = second_factor.set_up(user, secret, form.step)
        del request.session[_SHOWN]
        _go_on_with_code(request)
        records.record(Kind.FACTOR_SET, request, user=user)
        return render(request, "people/recovery_codes.html", {"codes": codes, "is_new": True})
    width, path = second_factor.drawn(second_factor.address(user, secret, request.get_host()))
    context = {
        "form": form,
        "secret": second_factor.in_groups(secret),
        "width": width,
        "path": path,
        "must_have": second_factor.must_have(user),
    }
    return _page(request, "people/second_factor_set_up.html", context)


def with_code_again(view: View) -> View:
    """For whoever has a second factor and shows a code of it with what they ask for."""

    @_secret
    @require_POST
    @own
    @wraps(view)
    def passed(request: HttpRequest, user: User) -> HttpResponse:
        if not second_factor.is_set_up(user):
            return redirect("second_factor")
        form = CodeAgainForm(request, user, request.POST)
        if not form.is_valid():
            return _page(request, "people/second_factor.html", _factor(request, user, form))
        return view(request, user)

    return passed


@with_code_again
def second_factor_off(request: HttpRequest, user: User) -> HttpResponse:
    second_factor.take_away(user)
    request.session.pop(WITH_CODE, None)
    records.record(Kind.FACTOR_TAKEN, request, user=user)
    messages.success(request, "The second factor is taken away. From now on your password alone opens the desk.")
    return redirect("account")


@with_code_again
def recovery_codes(request: HttpRequest, user: User) -> HttpResponse:
    codes = second_factor.new_recovery_codes(user)
    records.record(Kind.CODES_MADE, request, user=user)
    return render(request, "people/recovery_codes.html", {"codes": codes, "is_new": False})


@never_cache
@either
def password_forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return Afterwards(reverse("password_sent"), form.later())
    is_sent = Mail(settings.EMAIL_BACKEND).is_sent
    return _page(request, "people/password_forgotten.html", {"form": form, "is_sent": is_sent})


@never_cache
@require_safe
def password_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "people/password_sent.html", {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600})


_confirm = PasswordResetConfirmView.as_view(
    form_class=NewPasswordForm,
    template_name="people/password_reset.html",
    success_url=reverse_lazy("sign_in"),
)


@either
def password_reset(request: HttpRequest, who: str, token: str) -> HttpResponse:
    response = cast(HttpResponse, _confirm(request, uidb64=who, token=token))
    if response.status_code == 302 and response["Location"] == reverse("sign_in"):
        messages.success(request, "Your new password is saved. All sessions have ended: sign in with it.")
    return response


class Afterwards(HttpResponseRedirect):
    """Does something once the answer is on its way, so that how long it takes tells nothing."""

    def __init__(self, to: str, act: Callable[[], None]) -> None:
        super().__init__(to)
        self._act = act

    def close(self) -> None:
        super().close()
        self._act()


def _go_on_with_code(request: HttpRequest) -> None:
    request.session[WITH_CODE] = True
    with browsers.following(request):
        request.session.cycle_key()


def _factor_shown(request: HttpRequest, user: User) -> HttpResponse:
    """A session that began without a code can show one now, and go on."""
    form = CodeAgainForm(request, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        _go_on_with_code(request)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _page(request, "people/second_factor.html", _factor(request, user, form))


def _factor(request: HttpRequest, user: User, form: CodeAgainForm) -> dict[str, Any]:
    return {
        "is_open": second_factor.may_pass(user, request.session.get(WITH_CODE, False)),
        "form": form,
        "must_have": second_factor.must_have(user),
        "codes_left": user.recovery_codes.count(),
        "factor": user.second_factor,
    }


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """What was refused is no success: 422 with the form and why."""
    return render(request, template, context, status=422 if context["form"].errors else 200)


def _ended(count: int) -> str:
    if count == 0:
        return "No other session was open."
    return "One other session is ended." if count == 1 else f"{count} other sessions are ended."
