from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.models import Choice, Place, Question, Story


class QuestionInline(admin.TabularInline):
    model = Question
    extra = 0
    show_change_link = True
    prepopulated_fields = {"slug": ["text"]}


@admin.register(Story)
class StoryAdmin(admin.ModelAdmin):
    list_display = ["title", "happened_on", "article_count", "question_count"]
    search_fields = ["title", "slug", "summary"]
    date_hierarchy = "happened_on"
    prepopulated_fields = {"slug": ["title"]}
    inlines = [QuestionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        rows = super().get_queryset(request)
        return rows.annotate(
            article_count=Count("articles", distinct=True), question_count=Count("questions", distinct=True)
        )

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, story: Story) -> int:
        count: int = story.article_count  # type: ignore[attr-defined]
        return count

    @admin.display(description="questions", ordering="question_count")
    def question_count(self, story: Story) -> int:
        count: int = story.question_count  # type: ignore[attr-defined]
        return count


class ChoiceInline(admin.TabularInline):
    model = Choice
    extra = 0
    prepopulated_fields = {"slug": ["label"]}


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    list_display = ["text", "kind", "story", "answer_count"]
    list_filter = ["kind", "story"]
    list_select_related = ["story"]
    search_fields = ["text", "slug", "counted"]
    autocomplete_fields = ["story"]
    prepopulated_fields = {"slug": ["text"]}
    inlines = [ChoiceInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).annotate(answer_count=Count("answers"))

    @admin.display(description="answers", ordering="answer_count")
    def answer_count(self, question: Question) -> int:
        count: int = question.answer_count  # type: ignore[attr-defined]
        return count


@admin.register(Choice)
class ChoiceAdmin(admin.ModelAdmin):
    list_display = ["label", "question", "leaves_open"]
    list_select_related = ["question"]
    search_fields = ["label", "slug", "question__text"]
    autocomplete_fields = ["question"]


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ["name", "within", "story", "latitude", "longitude"]
    list_filter = ["story"]
    list_select_related = ["within", "story"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["story", "within"]
    prepopulated_fields = {"slug": ["name"]}
