"""The form by which editors say what a source is called and what it is."""

import json
from typing import Any

from django import forms

from articles.editors.new_sources import written_name
from articles.models import Source
from articles.writing.source_edits import IS_OUTLET, PARTS, Parts, source_parts


class SourceNameForm(forms.ModelForm):  # type: ignore[type-arg]
    """What holds for the name and the code of a source, whoever gives them."""

    def clean_name(self) -> str:
        source: Source = self.instance
        return source.own_name(written_name(self.cleaned_data["name"]), may_be_of_merged=True)

    def clean_code(self) -> str:
        source: Source = self.instance
        return source.own_code(self.cleaned_data["code"])

    def validate_unique(self) -> None:
        """But for the name, of which `own_name` knows more than the database: who may give it up."""
        form: Any = self
        try:
            self.instance.validate_unique(exclude={*form._get_validation_exclusions(), "name"})
        except forms.ValidationError as error:
            form._update_errors(error)


class SourceEditForm(SourceNameForm):
    """`filled` is what the fields held when the page was made, as JSON."""

    use_required_attribute = False
    filled = forms.JSONField(widget=forms.HiddenInput)

    class Meta:
        model = Source
        fields = PARTS
        widgets = {
            "name": forms.TextInput({"dir": "auto", "autocomplete": "off"}),
            "code": forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
            "description": forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        }
        help_texts = {
            "name": "The name that it has now stays one of its other names.",
            "description": "One sentence for readers, or nothing.",
        }

    def __init__(self, source: Source, data: Any = None) -> None:
        super().__init__(data, instance=Source.objects.get(pk=source.pk), initial={"filled": source_parts(source)})
        self.source = source

    def clean_filled(self) -> Parts:
        filled = self.cleaned_data["filled"]
        return {name: str(filled.get(name, "")) if isinstance(filled, dict) else "" for name in PARTS}

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind != Source.Kind.OUTLET and self.source.published_articles.exists():
            raise forms.ValidationError(IS_OUTLET)
        return kind

    def parts(self) -> Parts:
        """Of a valid form."""
        return {name: self.cleaned_data[name] for name in PARTS}

    def base_on(self, source: Source) -> None:
        """The next try starts from what the source is now, and keeps it in the fields in which nothing was changed."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        now, filled = source_parts(source), self.cleaned_data["filled"]
        data.update({name: now[name] for name in PARTS if self.cleaned_data[name] == filled[name]})
        data["filled"] = json.dumps(now, ensure_ascii=False)
        self.data = data
