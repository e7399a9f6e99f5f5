from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from articles.admin.desk import DeskAdmin, DeskOptions, LastingForm, count_of, link_to_list
from articles.admin.filters import RelatedFilter
from articles.admin.named_fields import NamedRows
from articles.admin.near_names import ask_whether_other
from articles.editors.near_stories import story_nearly_called, there_is
from articles.models import Article, Choice, Claim, Place, Question, Story

_ANSWERED = "There are answers that rely on it, so it stays."


class QuestionForm(LastingForm):
    def hold_what_is_used(self) -> None:
        if self.instance.answer_count:
            self.hold("story", "kind", why=_ANSWERED)


class QuestionInline(DeskOptions, admin.TabularInline):
    model = Question
    form = QuestionForm
    formset = NamedRows
    fields = ["text", "kind", "counted", "position", "slug"]
    extra = 0
    show_change_link = True
    prepopulated_fields = {"slug": ["text"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).annotate(answer_count=count_of(Question.answers))


class StoryForm(LastingForm):
    """`other_story` is the title again where somebody says that it is another story than one that is nearly called so,
    as on the pages of editors."""

    other_story = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        title = data.get("title", "")
        if not self.instance.pk and title and (near := story_nearly_called(title)):
            ask_whether_other(self, "title", near, there_is(near, "Open that one"))
        return data


@admin.register(Story)
class StoryAdmin(DeskAdmin):
    form = StoryForm
    list_display = ["title", "happened_on", "article_count", "question_count"]
    search_fields = ["title", "slug", "summary"]
    date_hierarchy = "happened_on"
    prepopulated_fields = {"slug": ["title"]}
    inlines = [QuestionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        rows = super().get_queryset(request)
        return rows.annotate(article_count=count_of(Story.articles), question_count=count_of(Story.questions))

    def get_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        return ["title", *([] if obj else ["other_story"]), "slug", "summary", "happened_on"]

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, story: Any) -> SafeString:
        return link_to_list(Article, "story", story, story.article_count)

    @admin.display(description="questions", ordering="question_count")
    def question_count(self, story: Any) -> SafeString:
        return link_to_list(Question, "story", story, story.question_count)


class ChoiceForm(LastingForm):
    def hold_what_is_used(self) -> None:
        if self.instance.answer_count:
            self.hold("question", why=_ANSWERED)


class ChoiceInline(DeskOptions, admin.TabularInline):
    model = Choice
    form = ChoiceForm
    formset = NamedRows
    fields = ["label", "leaves_open", "position", "slug"]
    extra = 0
    prepopulated_fields = {"slug": ["label"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Choice]:
        return super().get_queryset(request).annotate(answer_count=count_of(Choice.answers))


@admin.register(Question)
class QuestionAdmin(DeskAdmin):
    form = QuestionForm
    list_display = ["text", "kind", "counted", "story", "answer_count"]
    list_filter = ["kind", ("story", RelatedFilter)]
    list_select_related = ["story"]
    search_fields = ["text", "slug", "counted"]
    autocomplete_fields = ["story"]
    prepopulated_fields = {"slug": ["text"]}
    inlines = [ChoiceInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).annotate(answer_count=count_of(Question.answers))

    @admin.display(description="answers", ordering="answer_count")
    def answer_count(self, question: Any) -> SafeString:
        return link_to_list(Claim, "answers__question", question, question.answer_count)


@admin.register(Choice)
class ChoiceAdmin(DeskAdmin):
    form = ChoiceForm
    list_display = ["label", "question", "leaves_open", "answer_count"]
    list_filter = [("question__story", RelatedFilter), ("question", RelatedFilter), "leaves_open"]
    list_select_related = ["question"]
    search_fields = ["label", "slug", "question__text"]
    autocomplete_fields = ["question"]
    prepopulated_fields = {"slug": ["label"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Choice]:
        return super().get_queryset(request).annotate(answer_count=count_of(Choice.answers))

    @admin.display(description="answers", ordering="answer_count")
    def answer_count(self, choice: Any) -> SafeString:
        return link_to_list(Claim, "answers__choice", choice, choice.answer_count)


class PlaceForm(LastingForm):
    def hold_what_is_used(self) -> None:
        if self.instance.answer_count:
            self.hold("story", why=_ANSWERED)


@admin.register(Place)
class PlaceAdmin(DeskAdmin):
    form = PlaceForm
    list_display = ["name", "within", "story", "latitude", "longitude", "answer_count"]
    list_filter = [("story", RelatedFilter)]
    list_select_related = ["within", "story"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["story", "within"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Place]:
        return super().get_queryset(request).annotate(answer_count=count_of(Place.answers))

    @admin.display(description="answers", ordering="answer_count")
    def answer_count(self, place: Any) -> SafeString:
        return link_to_list(Claim, "answers__place", place, place.answer_count)
