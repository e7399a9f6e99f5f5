"""The nouns of Newsdesk, one file each."""

from articles.models.answer import Answer
from articles.models.article import Article, ArticleText
from articles.models.article_revision import ArticleRevision
from articles.models.claim import Claim
from articles.models.desk_stamp import DeskStamp, NameStamp
from articles.models.highlight import Highlight
from articles.models.listed import Listed, Tally
from articles.models.paragraph import Paragraph
from articles.models.question import Choice, Place, Question
from articles.models.revision import Changeset, Revision
from articles.models.ruling import Ruling
from articles.models.source import Alias, Source
from articles.models.source_number import SourceNumber
from articles.models.story import Story
from articles.models.suggestion import Suggestion
from articles.models.words import ArticleWords, ClaimWords

__all__ = [
    "Alias",
    "Answer",
    "Article",
    "ArticleRevision",
    "ArticleText",
    "ArticleWords",
    "Changeset",
    "Choice",
    "Claim",
    "ClaimWords",
    "DeskStamp",
    "Highlight",
    "Listed",
    "NameStamp",
    "Paragraph",
    "Place",
    "Question",
    "Revision",
    "Ruling",
    "Source",
    "SourceNumber",
    "Story",
    "Suggestion",
    "Tally",
]
