"""One view per page, one module per noun."""

from articles.views.about import about_suggestions, suggestions_lived
from articles.views.annotations import annotations_import
from articles.views.article_forms import article_add, article_edit, article_read_through, article_status
from articles.views.articles import article_detail, article_list
from articles.views.changes import article_changes
from articles.views.claims import claim_detail, claim_list
from articles.views.embeds import oembed, question_embed
from articles.views.feeds import (
    article_feed,
    claim_feed,
    question_feed,
    robots,
    sitemap,
    sitemap_section,
    source_feed,
    story_feed,
)
from articles.views.history import claim_history, claim_restore
from articles.views.home import home
from articles.views.marking import changeset_undo, claim_act, claim_add, claim_edit, claims_set_together
from articles.views.reviewing import article_review, article_suggest
from articles.views.search import search
from articles.views.signing_in import sign_in
from articles.views.sources import source_code, source_detail, source_edit, source_list
from articles.views.stories import question_detail, question_rule, story_detail, story_list
from articles.views.story_data import story_edit
from articles.views.work import completions, work_list

__all__ = [
    "about_suggestions",
    "annotations_import",
    "article_add",
    "article_changes",
    "article_detail",
    "article_edit",
    "article_feed",
    "article_list",
    "article_read_through",
    "article_review",
    "article_status",
    "article_suggest",
    "changeset_undo",
    "claim_act",
    "claim_add",
    "claim_detail",
    "claim_edit",
    "claim_feed",
    "claim_history",
    "claim_list",
    "claim_restore",
    "claims_set_together",
    "completions",
    "home",
    "oembed",
    "question_detail",
    "question_embed",
    "question_feed",
    "question_rule",
    "robots",
    "search",
    "sign_in",
    "sitemap",
    "sitemap_section",
    "source_code",
    "source_detail",
    "source_edit",
    "source_feed",
    "source_list",
    "story_detail",
    "story_edit",
    "story_feed",
    "story_list",
    "suggestions_lived",
    "work_list",
]
