"""What is nearly called like something that is there: asked about once, as on the pages of editors."""

from typing import Any

from django import forms


def ask_whether_other(form: Any, named: str, near: Any, told: str) -> None:
    """To be called while the form is cleaned. Its field `other_story`, or of what else it makes, holds the name again
    where somebody says that theirs is another one: only then it is not refused."""
    name, what = form.cleaned_data[named], near._meta.verbose_name
    other = f"other_{what}"
    is_other = form.cleaned_data.get(other) == name
    form[other].label = f"“{name}” is another {what} than “{near}”."
    form.fields[other].widget = forms.CheckboxInput({"value": name}, check_test=lambda _: is_other)
    if not is_other:
        form.add_error(named, told)
