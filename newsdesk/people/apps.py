from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts of people: how they sign in, and from where. Knows nothing of what they do at the desk."""

    name = "newsdesk.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from newsdesk.people import browsers

        browsers.connect()
