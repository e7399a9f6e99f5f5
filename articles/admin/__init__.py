"""The administration of the desk's data. Claims are written through `editing`, whatever the page."""

from articles.admin.articles import ArticleAdmin, ParagraphAdmin
from articles.admin.claims import ClaimAdmin, HighlightAdmin
from articles.admin.history import ChangesetAdmin, RevisionAdmin
from articles.admin.sources import SourceAdmin
from articles.admin.stories import ChoiceAdmin, PlaceAdmin, QuestionAdmin, StoryAdmin
from articles.admin.users import DeskUserAdmin

__all__ = [
    "ArticleAdmin",
    "ChangesetAdmin",
    "ChoiceAdmin",
    "ClaimAdmin",
    "DeskUserAdmin",
    "HighlightAdmin",
    "ParagraphAdmin",
    "PlaceAdmin",
    "QuestionAdmin",
    "RevisionAdmin",
    "SourceAdmin",
    "StoryAdmin",
]
