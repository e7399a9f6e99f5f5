"""The map of the site. Readers' words in paths, the models' words in names. What is asked for most stands first: each
address is tried in turn."""

from django.urls import path, register_converter

from articles import views
from articles.models.uid import UID_PATTERN


class UidConverter:
    regex = UID_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SlugConverter(UidConverter):
    """Letters of any script, digits, hyphens and underscores: what `SlugField(allow_unicode=True)` takes."""

    regex = r"[-\w]+"


register_converter(UidConverter, "uid")
register_converter(SlugConverter, "uslug")

urlpatterns = [
    path("", views.home, name="home"),
    # /articles/
    path("articles/new/", views.article_add, name="article_add"),
    path("articles/<uslug:slug>/", views.article_detail, name="article_detail"),
    path("articles/", views.article_list, name="article_list"),
    path("articles/feed.atom", views.article_feed, name="article_feed"),
    path("articles/<uslug:slug>/changes/", views.article_changes, name="article_changes"),
    path("articles/<uslug:slug>/edit/", views.article_edit, name="article_edit"),
    path("articles/<uslug:slug>/status/", views.article_status, name="article_status"),
    path("articles/<uslug:slug>/read-through/", views.article_read_through, name="article_read_through"),
    path("articles/<uslug:slug>/suggest/", views.article_suggest, name="article_suggest"),
    path("articles/<uslug:slug>/review/", views.article_review, name="article_review"),
    path("articles/<uslug:slug>/claims/new/", views.claim_add, name="claim_add"),
    # /stories/
    path("stories/", views.story_list, name="story_list"),
    path("stories/<uslug:slug>/", views.story_detail, name="story_detail"),
    # As long as no address of a question.
    path("stories/<uslug:slug>/data/edit/", views.story_edit, name="story_edit"),
    path("stories/<uslug:slug>/<uslug:question>/", views.question_detail, name="question_detail"),
    path("stories/<uslug:slug>/<uslug:question>/rule/", views.question_rule, name="question_rule"),
    path("stories/<uslug:slug>/feed.atom", views.story_feed, name="story_feed"),
    path("stories/<uslug:slug>/<uslug:question>/feed.atom", views.question_feed, name="question_feed"),
    # /embed/
    path("embed/", views.oembed, name="oembed"),
    path("embed/<uslug:question>/", views.question_embed, name="question_embed"),
    # /claims/
    path("claims/", views.claim_list, name="claim_list"),
    path("claims/feed.atom", views.claim_feed, name="claim_feed"),
    path("claims/import-annotations/", views.annotations_import, name="annotations_import"),
    path("claims/set-together/", views.claims_set_together, name="claims_set_together"),
    path("claims/<uid:uid>/", views.claim_detail, name="claim_detail"),
    path("claims/<uid:uid>/edit/", views.claim_edit, name="claim_edit"),
    path("claims/<uid:uid>/act/", views.claim_act, name="claim_act"),
    path("claims/<uid:uid>/history/", views.claim_history, name="claim_history"),
    path("claims/<uid:uid>/restore/", views.claim_restore, name="claim_restore"),
    # /sources/
    path("sources/", views.source_list, name="source_list"),
    path("sources/new/code/", views.source_code, name="source_code"),
    path("sources/<uslug:slug>/", views.source_detail, name="source_detail"),
    path("sources/<uslug:slug>/edit/", views.source_edit, name="source_edit"),
    path("sources/<uslug:slug>/feed.atom", views.source_feed, name="source_feed"),
    # /changes/
    path("changes/<uid:uid>/undo/", views.changeset_undo, name="changeset_undo"),
    # /search/
    path("search/", views.search, name="search"),
    # /sign-in/
    path("sign-in/", views.sign_in, name="sign_in"),
    # /about/
    path("about/suggestions/", views.about_suggestions, name="about_suggestions"),
    # /work/
    path("work/suggestions/", views.suggestions_lived, name="suggestions_lived"),
    path("work/completions/", views.completions, name="completions"),
    path("work/", views.work_list, name="work_list"),
    # For machines
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap_section"),
    path("robots.txt", views.robots, name="robots"),
]
