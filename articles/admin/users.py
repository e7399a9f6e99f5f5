"""Users and groups: Django's own pages, but for deleting. Whose changes are on record stays, and can be deactivated;
nobody deletes the account they work with, nor the group that makes editors."""

from typing import Any

from django.contrib.admin import site
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Field
from django.http import HttpRequest

from articles.admin.desk import DeletingUnused
from articles.admin.named_fields import name_date_and_time
from articles.models.roles import EDITORS


class DeskUserAdmin(DeletingUnused, UserAdmin):
    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name_date_and_time(field)
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj != request.user and super().has_delete_permission(request, obj)


class DeskGroupAdmin(GroupAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_of_editors(obj) and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """By its name new editors are put into it."""
        return ["name"] if _is_of_editors(obj) else super().get_readonly_fields(request, obj)


def _is_of_editors(group: Group | None) -> bool:
    return group is not None and group.name == EDITORS


for model, admin in ((User, DeskUserAdmin), (Group, DeskGroupAdmin)):
    site.unregister(model)
    site.register(model, admin)
