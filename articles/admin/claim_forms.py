"""The forms of claims and of their answers."""

from typing import Any

from django import forms
from django.contrib.admin import site
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AutocompleteSelect

from articles.models import Answer, Claim, Question, Source


class ClaimForm(forms.ModelForm):
    """Carries the version that it was filled in from, so that two editors do not overwrite each other."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Claim
        fields = ["source", "proposed_source", "speaker", "cue", "note", "status", "continues"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].initial = self.instance.version
        if "source" in self.fields:
            show_known_rows(self, "source", "continues")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("based_on") != self.instance.version:
            self.add_error(None, self._conflict())
        return data

    def _conflict(self) -> str:
        """A hidden field's error is not shown, so this one stands at the top, and says what is saved now."""
        differing = [name for name in self.changed_data if name != "based_on"]
        now = "; ".join(f"{self.fields[name].label}: {getattr(self.instance, name) or 'empty'}" for name in differing)
        return (
            "Somebody else changed this claim in the meantime. Nothing was saved, and what you entered is still "
            f"below. {f'Saved now are other values than yours: {now}. ' if now else ''}"
            "Open the claim in a new tab to see what it is now, and enter there what should change."
        )


class AnswerForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "question" in self.fields:
            show_known_rows(self, "question", "choice", "place")

    def _post_clean(self) -> None:
        """The rules of an answer start from its question; without one the form says that alone."""
        if self.cleaned_data.get("question"):
            super()._post_clean()  # type: ignore[misc]


def show_known_rows(form: forms.ModelForm, *names: str) -> None:
    for name in names:
        wrapper: Any = form.fields[name].widget
        if getattr(form.instance, f"{name}_id"):
            wrapper.widget.row = getattr(form.instance, name)


class ClaimActionForm(ActionForm):
    """What the actions set. Both are searched for: a desk has hundreds of sources and questions. Questions of
    any kind can be sent, so that the refusal says why those with values cannot be set for many at once."""

    source = forms.ModelChoiceField(
        Source.objects.in_use(),
        required=False,
        widget=AutocompleteSelect(Claim._meta.get_field("source"), site),
    )
    question = forms.ModelChoiceField(
        Question.objects.all(),
        required=False,
        label="Question of words",
        widget=AutocompleteSelect(Answer._meta.get_field("question"), site),
    )
