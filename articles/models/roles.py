"""Who may do what. The group is made by a migration."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Permission, User
from django.db.models import Q

from newsdesk.compiled import Compiled

EDITORS = "Editors"
Visitor = User | AnonymousUser | AbstractBaseUser

_MAY_EDIT = Compiled(
    lambda user: (
        Permission.objects.filter(
            Q(user=user) | Q(group__user=user), content_type__app_label="articles", codename="change_claim"
        )
        .order_by()
        .values_list("pk")
    )
)


def is_editor(visitor: Visitor) -> bool:
    """Editors and administrators. Costs a query per request for a signed-in visitor, none for others."""
    if not isinstance(visitor, User) or not visitor.is_active:
        return False
    if not hasattr(visitor, "_is_editor"):
        visitor._is_editor = visitor.is_superuser or bool(_MAY_EDIT.rows(visitor.pk))  # type: ignore[attr-defined]
    return bool(visitor._is_editor)  # type: ignore[attr-defined]
