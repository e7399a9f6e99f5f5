"""Actions on rows of a list that may be refused: then nothing that was ticked or chosen is lost."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from articles.admin.desk import DeskAdmin


class RefusingActions(DeskAdmin):
    """Django leads back to the list, which forgets the ticks; here the refusal shows the list as it was sent."""

    def refuse(self, request: HttpRequest, words: str) -> HttpResponse:
        self.message_user(request, words, messages.ERROR)
        return self._as_sent(request)

    def response_action(self, request: HttpRequest, queryset: QuerySet, *more: Any, **rest: Any) -> HttpResponse:
        """Django has none where no action was chosen."""
        return super().response_action(request, queryset, *more, **rest) or self._as_sent(request)

    def _as_sent(self, request: HttpRequest) -> HttpResponse:
        sent, shown = self._actions(request, request.POST), self._actions(request)
        sent.is_valid()
        shown.initial = {**sent.cleaned_data, "select_across": 0}
        again: Any = copy(request)
        again.method, again.ticked = "GET", set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        return self.changelist_view(again, {"action_form": shown})

    def _actions(self, request: HttpRequest, data: Any = None) -> Any:
        form = self.action_form(data, auto_id=None)
        action: Any = form.fields["action"]
        action.choices = self.get_action_choices(request)
        return form

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        if ticked := getattr(request, "ticked", None):
            for row in found.result_list:
                row.is_ticked = str(row.pk) in ticked
        return found

    def action_checkbox(self, obj: Any) -> SafeString:
        """As Django's, which is never ticked."""
        attributes = {"class": "action-select", "aria-label": f"Choose {obj}"}
        box = CheckboxInput(attributes, lambda value: getattr(obj, "is_ticked", False))
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))
