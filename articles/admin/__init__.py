"""The administration of the desk's data. Claims are written through `editing`, whatever the page."""

from articles.admin.articles import ArticleAdmin, ParagraphAdmin
from articles.admin.claims import ClaimAdmin, HighlightAdmin
from articles.admin.history import ChangesetAdmin, RevisionAdmin
from articles.admin.sources import SourceAdmin
from articles.admin.stories import ChoiceAdmin, PlaceAdmin, QuestionAdmin, StoryAdmin

__all__ = [
    "ArticleAdmin",
    "ChangesetAdmin",
    "ChoiceAdmin",
    "ClaimAdmin",
    "HighlightAdmin",
    "ParagraphAdmin",
    "PlaceAdmin",
    "QuestionAdmin",
    "RevisionAdmin",
    "SourceAdmin",
    "StoryAdmin",
]
