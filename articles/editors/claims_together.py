"""What an editor does to several claims of a list at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from articles.editors.completing import sources_completing
from articles.importing.sources import source_called
from articles.models import Changeset, Claim, Question, Source
from articles.models.roles import Visitor
from articles.text.plain_names import plain_name
from articles.writing import bulk
from articles.writing.editing import EditError

MOST = 500


class ClaimsTogetherForm(forms.Form):
    """`chosen` are ids of claims, each with the version that the list showed: `7h2k…:3`."""

    chosen = forms.TypedMultipleChoiceField(coerce=str)
    act = forms.ChoiceField(choices=[(name, name) for name in ("source", "question", "status")])
    source = forms.CharField(max_length=140, required=False)
    question = forms.CharField(max_length=140, required=False)
    status = forms.ChoiceField(choices=Claim.Status, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [(one, one) for one in data.getlist("chosen")[: MOST + 1]]  # type: ignore[attr-defined]
        self.fields["chosen"].error_messages["required"] = "Tick the claims first."

    def clean_chosen(self) -> list[tuple[str, int]]:
        chosen: Sequence[str] = self.cleaned_data["chosen"]
        if len(chosen) > MOST:
            raise forms.ValidationError(f"That is more than {MOST} claims. Take fewer at once.")
        pairs = [one.partition(":") for one in chosen]
        if not all(version.isdecimal() for _, _, version in pairs):
            raise forms.ValidationError("The list could not be read. Load it again.")
        return [(uid, int(version)) for uid, _, version in pairs]

    def carry_out(self, editor: Visitor) -> Changeset:
        """All of them, or none. Raises EditError, also EditConflict."""
        asked = self.cleaned_data
        claims = _claims(asked["chosen"])
        match asked["act"]:
            case "source":
                return bulk.set_source(claims, _source(asked["source"]), editor)
            case "question":
                question = Question.objects.named([asked["question"]]).first()
                if question is None:
                    raise EditError("Choose a question first.")
                return bulk.set_question(claims, question, editor)
        if not asked["status"]:
            raise EditError("Choose a status first.")
        return bulk.set_status(claims, Claim.Status(asked["status"]), editor)


def to_name_again(data: QueryDict) -> dict[str, Any]:
    """For whoever named a source that could not be set: to name another for the claims that were ticked."""
    ticked, named = data.getlist("chosen"), data.get("source", "")
    if data.get("act") != "source" or not ticked:
        return {}
    completions = sources_completing(named[:3].replace("\x00", ""))
    return {"ticked": ticked, "named": named, "list": data.get("list", ""), "completions": completions}


def _claims(chosen: Sequence[tuple[str, int]]) -> list[Claim]:
    rows = {claim.uid: claim for claim in Claim.objects.with_uids([uid for uid, _ in chosen])}
    if len(rows) < len(chosen):
        raise EditError("One of these claims has been deleted meanwhile. Load the list again.")
    for uid, version in chosen:
        rows[uid].version = version
    return list(rows.values())


def _source(name: str) -> Source:
    """By any of its names, or by its code, for whoever has nothing completed."""
    if not name:
        raise EditError("Name a source first.")
    source = source_called(plain_name(name)) or Source.objects.in_use().with_code(name).first()
    if source is None:
        raise EditError(f"There is no source “{name}”. Write it as the list of sources has it, or its code.")
    return source
