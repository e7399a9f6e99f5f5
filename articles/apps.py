from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsdesk"

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from articles import desk_stamp
        from articles.writing import disputes, stamps

        # Before the stamps: under a stamp that has moved nothing older is kept.
        disputes.connect()
        stamps.connect()
        desk_stamp.connect()
