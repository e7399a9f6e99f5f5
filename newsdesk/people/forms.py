"""Forms of an account: its password, and its second factor."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from newsdesk.people import browsers, second_factor, throttling
from newsdesk.people.models import SignInEvent
from newsdesk.people.records import record
from newsdesk.people.signing_in import TOO_OFTEN, WRONG_CODE

Kind = SignInEvent.Kind
_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})
_CODE = {"autocomplete": "one-time-code", "autocapitalize": "none"}


def check_password(request: HttpRequest, user: User, password: str) -> None:
    """Whoever sits at somebody's open browser has no more tries than at the front door."""
    tried = throttling.start(Kind.WRONG_PASSWORD, throttling.PASSWORD, request, user.get_username(), user)
    if tried.again_at:
        raise ValidationError(TOO_OFTEN, params={"wait": throttling.in_words(tried.again_at)})
    if not user.check_password(password):
        tried.was_wrong()
        raise ValidationError("That is not your password. Check it, capital letters included, and try again.")
    tried.was_right()


def check_code(request: HttpRequest, user: User, code: str) -> None:
    tried = throttling.start(Kind.WRONG_CODE, throttling.RECOVERY, request, user.get_username(), user)
    if tried.again_at:
        raise ValidationError(TOO_OFTEN, params={"wait": throttling.in_words(tried.again_at)})
    is_one_time = second_factor.is_one_time_code(code)
    use = second_factor.use_one_time_code if is_one_time else second_factor.use_recovery_code
    if not use(user, code):
        tried.was_wrong()
        raise ValidationError(WRONG_CODE)
    tried.was_right()


class SetUpForm(forms.Form):
    """The app is set up once it shows a code that is right; the password, so that nobody does it in passing."""

    password = forms.CharField(label="Your password", max_length=4_096, strip=False, widget=_PASSWORD)
    code = forms.CharField(
        label="The code that the app shows", max_length=40, widget=forms.TextInput({**_CODE, "inputmode": "numeric"})
    )

    def __init__(self, request: HttpRequest, user: User, secret: str, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.user, self.secret = request, user, secret
        self.step = 0

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        check_password(self.request, self.user, password)
        return password

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        step = second_factor.step_of(self.secret, code)
        if step is None:
            raise ValidationError(WRONG_CODE)
        self.step = step
        return code


class CodeAgainForm(forms.Form):
    """Asked for before a second factor is taken away, or gets new recovery codes."""

    code = forms.CharField(label="A code of the app, or a recovery code", max_length=40, widget=forms.TextInput(_CODE))

    def __init__(self, request: HttpRequest, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        check_code(self.request, self.user, code)
        return code


class _FaultsBesideTheFirst:
    """What is wrong with a new password stands beside it; beside the second only that it is another."""

    def validate_password_for_user(self, user: Any, password_field_name: str = "new_password1") -> None:
        super().validate_password_for_user(user, "new_password1")  # type: ignore[misc]


class ChangeForm(_FaultsBesideTheFirst, PasswordChangeForm):
    def __init__(self, request: HttpRequest, user: User, data: Any = None) -> None:
        super().__init__(user, data)
        self.request = request
        _short_enough(self)
        self.fields["old_password"].label = "Your password now"
        self.fields["new_password1"].label = "New password"
        self.fields["new_password2"].label = "New password once more"

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        check_password(self.request, self.user, password)
        return password


class NewPasswordForm(_FaultsBesideTheFirst, SetPasswordForm):  # type: ignore[type-arg]  # Generic in the stubs only.
    """After a link that came by mail. All sessions end, and nobody is signed in by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _short_enough(self)
        self.fields["new_password1"].label = "New password"
        self.fields["new_password2"].label = "New password once more"

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        browsers.end_others(user, None)
        record(Kind.PASSWORD_CHANGED, None, user=user)
        return user


class ForgottenForm(PasswordResetForm):
    """Says the same to everybody: whether there is such an account is nobody's business. What it sends is sent by
    `send`, after the answer, since it takes a second only where there is somebody to send it to."""

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.fields["email"].label = "Mail address"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        tried = throttling.start(Kind.RESET_ASKED, throttling.RESET, self.request, email)
        if tried.again_at:
            raise ValidationError(TOO_OFTEN, params={"wait": throttling.in_words(tried.again_at)})
        tried.was(Kind.RESET_ASKED)
        return email

    def later(self) -> Callable[[], None]:
        def send() -> None:
            self.save(
                request=self.request,
                use_https=self.request.is_secure(),
                subject_template_name="people/mail_subject.txt",
                email_template_name="people/mail.txt",
            )

        return send


def _short_enough(form: forms.Form) -> None:
    """No longer than what the page to sign in takes."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            field.max_length = 4_096
            field.validators.append(MaxLengthValidator(4_096))
