"""Who may do what. The group is made by a migration."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

EDITORS = "Editors"
Visitor = User | AnonymousUser | AbstractBaseUser


def is_editor(visitor: Visitor) -> bool:
    """Editors and administrators. Costs a query per request for a signed-in visitor, none for others."""
    return isinstance(visitor, User) and visitor.has_perm("articles.change_claim")
