"""Refusals: in which words the database says no, and what it cannot see."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import BaseConstraint, Model, UniqueConstraint

from articles.text.visible import is_visible


def refusal(error: IntegrityError) -> str:
    """The message of the constraint that a row broke; SQLite names the columns of a unique one, not its name."""
    said = str(error)
    for model in apps.get_app_config("articles").get_models():
        for constraint in model._meta.constraints:
            if constraint.name in said or said.endswith(f": {_columns(model, constraint)}"):
                return str(constraint.get_violation_error_message())
        for field in model._meta.fields:
            if field.unique and _is_doubled(said, model._meta.db_table, str(field.column)):
                return f"Another {model._meta.verbose_name} has this {field.verbose_name}."
    return f"The database refused it: {said}"


def refuse_invisible(text: str, called: str = "name", otherwise: str = "") -> None:
    """Raises ValidationError for one of nothing but white space and signs without a shape. None at all is another
    matter."""
    if text and not is_visible(text):
        raise ValidationError(f"Nothing of this {called} can be seen. Write one with letters{otherwise}.")


def refuse_invisible_in(row: Model, field: str) -> None:
    try:
        refuse_invisible(getattr(row, field), str(row._meta.get_field(field).verbose_name))  # type: ignore[union-attr]
    except ValidationError as error:
        raise ValidationError({field: error}) from error


def _columns(model: type[Model], constraint: BaseConstraint) -> str:
    names = constraint.fields if isinstance(constraint, UniqueConstraint) else ()
    columns = [model._meta.get_field(name).column for name in names]  # type: ignore[union-attr]
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns) or constraint.name


def _is_doubled(said: str, table: str, column: str) -> bool:
    """As SQLite says it, and as PostgreSQL does."""
    return said.endswith(f": {table}.{column}") or (f'constraint "{table}_' in said and f"Key ({column})=" in said)
