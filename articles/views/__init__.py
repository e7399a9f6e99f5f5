"""One view per page, one module per noun."""

from articles.views.articles import article_detail, article_list
from articles.views.claims import claim_detail, claim_list
from articles.views.history import claim_history, claim_restore
from articles.views.home import home
from articles.views.sources import source_detail, source_list
from articles.views.stories import story_detail, story_list

__all__ = [
    "article_detail",
    "article_list",
    "claim_detail",
    "claim_history",
    "claim_list",
    "claim_restore",
    "home",
    "source_detail",
    "source_list",
    "story_detail",
    "story_list",
]
