"""Forms by which editors bring articles in and change their data."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.text import slugify

from articles.editors.article_fields import LanguageField, OfferedField, code_input, refuse_to_come, words_input
from articles.editors.leaving_story import Leaving
from articles.editors.near_stories import story_nearly_called, there_is
from articles.importing.sidecars import ArticleData
from articles.models import Article, Story
from articles.models.refusals import refuse_invisible

_OFFSET = re.compile(r"([+\-−])(\d\d):?(\d\d)")
_FULL_DAY = 24 * 60
# So many are offered to choose from.
STORIES = 50
_TITLE = partial(refuse_invisible, called="title")
_NAME = partial(refuse_invisible, otherwise=", or empty the field")


class MetadataForm(forms.Form):
    """What is said of an article. Times are the outlet's own, with its distance from UTC. `new_story` is the title of
    one that the desk has as well, where that is not offered; `other_story` is the same title again where the editor
    says that it is none of the desk's, though one is called nearly so: `near_story`. `leaves` is the key of the
    `leaving` that the editor agrees to."""

    use_required_attribute = False

    title = forms.CharField(max_length=300, required=False, validators=[_TITLE], widget=words_input())
    outlet = forms.CharField(max_length=120, required=False, validators=[_NAME], widget=words_input(list="outlets"))
    url = forms.URLField(max_length=500, required=False, assume_scheme="https", label="Address at the outlet")
    archive_url = forms.URLField(max_length=500, required=False, assume_scheme="https", label="Archived copy")
    published_on = forms.DateField(
        required=False, input_formats=["%Y-%m-%d"], label="Day", help_text="2018-02-08", widget=code_input()
    )
    published_time = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        label="Time",
        help_text="07:30, or empty",
        widget=code_input(),
    )
    published_offset = forms.CharField(
        max_length=9, required=False, label="Distance from UTC", help_text="-05:00 or +03:00", widget=code_input()
    )
    byline = forms.CharField(max_length=300, required=False, widget=words_input())
    language = LanguageField(
        max_length=35, initial="en", help_text="en, ar, ru, pt-BR …", widget=code_input(list="languages")
    )
    story = OfferedField(Story.objects.all(), empty_label="none")
    new_story = forms.CharField(
        max_length=200,
        required=False,
        validators=[_NAME],
        label="Another story, by name",
        help_text="One that the desk does not have is made.",
        widget=words_input(list="stories"),
    )
    other_story = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    near_story: Story | None = None
    leaves = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    leaving: Leaving | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, said in _SAID.items():
            self.fields[name].error_messages |= said
        self._offer_stories()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_story"):
            self._clean_titled(data)
        if not self.errors.keys() & {"published_on", "published_time", "published_offset"}:
            self._clean_published(data)
        return data

    def _offer(self, name: str, most: int, others: str) -> None:
        chosen = (self.data if self.is_bound else self.initial).get(name)
        cast("OfferedField", self.fields[name]).offer(most, str(chosen or ""), others)

    def _offer_stories(self) -> None:
        self._offer("story", STORIES, "Any other goes by its title.")

    def agrees_to_leave(self, leaving: Leaving) -> bool:
        """From now on the form shows what goes, and a field to agree."""
        self.leaving = leaving
        return bool(self.cleaned_data.get("leaves") == leaving.key)

    def _clean_titled(self, data: dict[str, Any]) -> None:
        """A title that the desk has is that story's; only another one makes a new story."""
        if data.get("story"):
            self.add_error("new_story", "Choose a story or name another one, not both.")
            return
        named = list(Story.objects.called(data["new_story"])[:9])
        named = [story for story in named if story.slug == data["new_story"]] or named
        if len(named) > 1:
            slugs = ", ".join(story.slug for story in named)
            self.add_error("new_story", f"Several stories are called so. Write which as its address has it: {slugs}.")
        elif named:
            data["story"], data["new_story"] = named[0], ""
        else:
            self._refuse_slip(data["new_story"], data.get("other_story", ""))

    def _refuse_slip(self, title: str, other: str) -> None:
        """A story is public as soon as it is made, so a title that is nearly another's makes none unasked."""
        if Story.objects.named(slugify(title, allow_unicode=True)).exists():
            return
        self.near_story = story_nearly_called(title)
        if self.near_story and other != title:
            self.add_error("new_story", there_is(self.near_story, "Choose it as the story"))

    def _clean_published(self, data: dict[str, Any]) -> None:
        on, time, offset = (data[name] for name in ("published_on", "published_time", "published_offset"))
        data["published"] = on
        if (time or offset) and not on:
            self.add_error("published_on", "Give the day as well, or leave all three empty.")
        elif offset and time is None:
            self.add_error("published_time", "Give the time of day as well, or leave the distance from UTC empty.")
        elif time is not None and not offset:
            self.add_error("published_offset", "A time needs its distance from UTC: -05:00, or +00:00.")
        elif on and time is not None:
            data["published"] = self._moment(datetime.combine(on, time), offset)
        try:
            refuse_to_come(data["published"])
        except forms.ValidationError as error:
            self.add_error("published_on", error)

    def _moment(self, local: datetime, offset: str) -> datetime | None:
        minutes = _minutes(offset)
        if minutes is None:
            self.add_error("published_offset", "Write it as -05:00, +03:00, or +00:00 for UTC itself.")
            return None
        moment = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        try:
            moment.astimezone(UTC)
        except OverflowError:
            self.add_error("published_on", "In UTC, this time leaves the calendar. Correct its year.")
        return moment

    def refuse(self, message: str, key: str) -> None:
        """An error that showed only when the article was made; `key` is the name of the field in a file."""
        name = "published_on" if key == "published" else key
        self.add_error(name if name in self.fields else None, message)

    def _show(self, **values: str) -> None:
        """In the fields, in place of what was sent."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, value in values.items():
            data[name] = value
        self.data = data

    def article_data(self, status: str = "published") -> ArticleData:
        """As a file beside a text would say it."""
        said = self.cleaned_data
        plain = ("title", "outlet", "url", "archive_url", "byline", "language")
        story = said["story"].slug if said["story"] else ""
        values = {name: said[name] for name in plain}
        return ArticleData(**values, story=story, published=said["published"], status=status)


# What an editor changes as one thing, and what it is called.
LABELS = {
    "title": "Title",
    "outlet": "Outlet",
    "byline": "Byline",
    "url": "Address at the outlet",
    "archive_url": "Archived copy",
    "published": "Published",
    "story": "Story",
    "language": "Language",
}
_SAID: dict[str, dict[str, str]] = {
    "url": {"invalid": "This is no web address. One begins with https:// and a name."},
    "archive_url": {"invalid": "This is no web address. One begins with https:// and a name."},
    "published_on": {"invalid": "Write the day as year, month and day: 2018-02-08."},
    "published_time": {"invalid": "Write the time as hours and minutes: 07:30."},
    "story": {"invalid_choice": "There is no such story any more. Choose another, or name a new one."},
}


def _minutes(offset: str) -> int | None:
    """“-05:00” in minutes; None for what is no distance from UTC."""
    if offset.upper() in {"Z", "UTC"}:
        return 0
    match = _OFFSET.fullmatch(offset)
    if not match or int(match[3]) > 59:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return None if minutes >= _FULL_DAY else minutes if match[1] == "+" else -minutes


def fields_of(article: Article) -> dict[str, str]:
    """What the fields of the form hold for this article."""
    plain = ("title", "url", "archive_url", "byline", "language")
    outlet, story = article.outlet, article.story
    on, time, offset = _published_in_fields(article.published_local, article.published_time_known)
    return {
        **{name: getattr(article, name) for name in plain},
        "outlet": outlet.name if outlet else "",
        "story": story.slug if story else "",
        "published_on": on,
        "published_time": time,
        "published_offset": offset,
    }


def _published_in_fields(moment: datetime | None, time_known: bool) -> tuple[str, str, str]:
    if moment is None:
        return "", "", ""
    on = moment.date().isoformat()
    if not time_known:
        return on, "", ""
    offset = moment.strftime("%z")
    return on, moment.strftime("%H:%M:%S").removesuffix(":00"), f"{offset[:3]}:{offset[3:5]}"


def _part_of(field: str) -> str:
    return "published" if field.startswith("published_") else field


def parts_of(article: Article) -> dict[str, str]:
    """What the form changes, in the words of its fields; the three of the time as one."""
    fields = fields_of(article)
    when = [fields.pop(name) for name in ("published_on", "published_time", "published_offset")]
    return {**fields, "published": " ".join(filter(None, when))}


def parts_given(form: MetadataForm) -> dict[str, str]:
    """The same of a form that is valid."""
    said, on = form.cleaned_data, form.cleaned_data["published"]
    when = _published_in_fields(on, True) if isinstance(on, datetime) else (on.isoformat() if on else "",)
    plain = {name: said[name] for name in ("title", "url", "archive_url", "byline", "language", "outlet")}
    return {**plain, "story": story_given(said), "published": " ".join(filter(None, when))}


def story_given(said: Mapping[str, Any]) -> str:
    """Its slug; empty for none."""
    return str(said["story"].slug) if said["story"] else slugify(said["new_story"], allow_unicode=True)


class ArticleEditForm(MetadataForm):
    """`filled` is what the fields held when the page was made, as JSON; `theirs` names those for which somebody
    else's value is to stand."""

    filled = forms.JSONField(widget=forms.HiddenInput)
    theirs = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "An article has a title."
        theirs: Any = self.fields["theirs"]
        theirs.choices = list(LABELS.items())

    def base_on(self, article: Article) -> None:
        """The next try starts from what the article has now; so do the fields that were left as they were."""
        yours, filled, now = parts_given(self), self.cleaned_data["filled"], fields_of(article)
        left = {part for part in yours if yours[part] == filled.get(part)}
        fields = {name: value for name, value in now.items() if _part_of(name) in left}
        self._show(filled=json.dumps(parts_of(article), ensure_ascii=False), **fields)

    def clean_filled(self) -> dict[str, str]:
        filled = self.cleaned_data["filled"]
        return {str(name): str(value) for name, value in filled.items()} if isinstance(filled, dict) else {}


# Which page to come back to.
BACK = [("reading", "reading"), ("edit", "edit")]


class StatusForm(forms.Form):
    """`shown` is the status that the page showed; `back` is “reading” to come back to the reading page."""

    status = forms.ChoiceField(choices=Article.Status)
    shown = forms.ChoiceField(choices=Article.Status)
    back = forms.ChoiceField(choices=BACK, required=False)
    notice = forms.CharField(
        required=False, max_length=2000, label="Notice", widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("status") == Article.Status.WITHDRAWN and not data.get("notice"):
            self.add_error("notice", "Say why it is withdrawn: readers see this in place of the article.")
        return data


class ReadThroughForm(forms.Form):
    """`read` is “yes” or empty; `back` is “reading” to come back to the reading page."""

    read = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    back = forms.ChoiceField(choices=BACK, required=False)
