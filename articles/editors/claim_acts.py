"""Acts on one claim that a button or a key asks for, without a form to fill in."""

from collections.abc import Sequence

from django import forms
from django.db import transaction

from articles.models import Changeset, Claim, Source
from articles.models.roles import Visitor
from articles.models.uid import UID_PATTERN
from articles.writing.editing import EditError
from articles.writing.source_numbers import Numbered, fix_numbers, living_source, numbered_sources
from articles.writing.tagging import (
    Act,
    accept_suggestion,
    confirm_claim,
    delete_claim,
    drop_claim,
    join_claims,
    reject_suggestion,
    retag_claim,
    split_claim,
    stored,
)

# `split:` with the id of the passage that becomes a claim of its own.
# `accept:` with the slug of the source that says it.
_ACTS = rf"delete|drop|right|retag|join|reject|accept(?::[-\w]{{1,140}})?|split:{UID_PATTERN}"


class ClaimActForm(forms.Form):
    """`based_on` is the version of the claim that the editor saw."""

    act = forms.RegexField(rf"^(?:{_ACTS})$")
    based_on = forms.IntegerField(min_value=1)
    token = forms.CharField(max_length=36, required=False)
    source = forms.CharField(max_length=140, required=False)
    other = forms.CharField(max_length=26, required=False)

    def carry_out(self, claim: Claim, editor: Visitor) -> tuple[Changeset, list[Numbered]]:
        """With the keys of the sources, which are fixed by it: none moves because a source is heard now, or is no
        longer. The claim must come from `stored`. Raises EditError, also EditConflict; then nothing is written."""
        with transaction.atomic():
            shown = numbered_sources(claim.article)
            changeset = self._act(claim, editor, shown)
            said = [step.after.claim.source for step in changeset.steps.values() if step.after]
            return changeset, fix_numbers(claim.article, shown, [source for source in said if source])

    def _act(self, claim: Claim, editor: Visitor, shown: Sequence[Numbered]) -> Changeset:
        data = self.cleaned_data
        claim.version = data["based_on"]
        act = Act(editor, data["token"])
        name, _, named = data["act"].partition(":")
        match name:
            case "retag":
                return retag_claim(claim, _source(data["source"], shown), act)
            case "drop":
                return drop_claim(claim, act)
            case "right":
                return confirm_claim(claim, act)
            case "accept":
                return accept_suggestion(claim, act, _source(named, shown) if named else None)
            case "reject":
                return reject_suggestion(claim, act)
            case "split":
                return split_claim(claim, named, act)
            case "join":
                return join_claims(claim, _existing(data["other"]), act)
        return delete_claim(claim, act)


def _existing(uid: str) -> Claim:
    if not uid:
        raise EditError("Choose the claim to join this one with.")
    claim = stored(uid)
    if claim is None:
        raise EditError("The other claim has been deleted. Its history can restore it.")
    return claim


def _source(slug: str, shown: Sequence[Numbered]) -> Source:
    source = living_source(slug, shown)
    if source is None:
        raise EditError(f"There is no source “{slug:.40}” any more.")
    return source
