"""Annotating a report from nothing, as an editor does: by keyboard alone, by mouse alone, on a phone."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Question
from tests.browser.selecting import NOTICE, QUOTES, drag, select_by_touch, spot
from tests.browser.wanted import Said, Wanted, place_of

FORM = "#claim-form"


class Editor(ABC):
    """Marks claims on a reading page that is open. Questions are those of its story, in their order. `untouched` are
    fields that this way cannot fill in: what the desk finds stays in them."""

    untouched: ClassVar[dict[str, str]] = {}

    def __init__(self, page: Page, article: Article) -> None:
        self.page, self.article = page, article
        self.questions = list(article.story.questions.order_by("position", "pk")) if article.story else []
        self.form = page.locator(FORM)

    def mark(self, claims: Iterable[Wanted]) -> None:
        for claim in claims:
            before = self.page.locator(".sign[id]").count()
            self.select(claim.quotes[0])
            expect(self.page.locator(QUOTES)).to_have_text(list(claim.quotes[:1]), use_inner_text=False)
            for at, quote in enumerate(claim.quotes[1:], 2):
                self.add(quote)
                expect(self.page.locator(QUOTES)).to_have_text(list(claim.quotes[:at]))
            self.fill(claim)
            self.save()
            expect(self.page.locator("#marking > *")).to_have_count(0)
            expect(self.page.locator(NOTICE).first).to_contain_text("Marked: “")
            expect(self.page.locator(".sign[id]")).to_have_count(before + 1)

    def tries(self, claim: Wanted) -> Wanted:
        """What of a claim can be made in this way; all of it, unless told."""
        return claim

    @abstractmethod
    def select(self, quote: str) -> None: ...

    @abstractmethod
    def add(self, quote: str) -> None: ...

    @abstractmethod
    def fill(self, claim: Wanted) -> None: ...

    @abstractmethod
    def save(self) -> None: ...

    def question(self, slug: str) -> Question:
        return next(one for one in self.questions if one.slug == slug)

    def field(self, said: Said, name: str) -> Locator:
        return self.form.locator(f"[name='q-{said.question}-{name}']")


class ByKeyboard(Editor):
    """Presses keys, and looks at where it is."""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def where(self) -> tuple[int, int]:
        found = self.page.evaluate("Caret.where()")
        return found["position"], found["at"]

    def walk_to(self, position: int, offset: int, *, selecting: bool = False) -> None:
        """By word as far as that goes, then by character."""
        shift = "Shift+" if selecting else ""
        while self.where()[0] != position:
            self.press("ArrowDown" if self.where()[0] < position else "ArrowUp")
        while self.where()[1] < offset:
            self.press(f"{shift}ArrowRight")
        if selecting:
            while self.where()[1] > offset:
                self.press("Control+Shift+ArrowLeft")
            return
        while self.where()[1] > offset:
            self.press("ArrowLeft")
        while self.where()[1] < offset:
            self.press("Control+ArrowRight")

    def choose(self, quote: str) -> None:
        position, start, end = place_of(self.article, quote)
        self.walk_to(position, start)
        self.walk_to(position, end, selecting=True)
        expect(self.page.locator("#announcement")).to_have_text(f"Selected: {quote}")
        self.press("Enter")

    def select(self, quote: str) -> None:
        """The caret is where the last claim left it, if there was one."""
        if self.page.locator("[data-walked]").count() == 0:
            self.press("m")
        self.choose(quote)

    def add(self, quote: str) -> None:
        self.press("m")
        self.choose(quote)

    def fill(self, claim: Wanted) -> None:
        self.press(self.form.locator(f"[name=source][value='{claim.source}']").get_attribute("data-key") or "")
        self.type(self.form.locator("#id_speaker"), claim.speaker)
        self.type(self.form.locator("#id_cue"), claim.cue)
        if claim.note:
            self.unfold(self.form.locator("details:has(#id_note) > summary"))
            expect(self.form.locator("#id_note")).to_be_focused()
            self.page.keyboard.type(claim.note)
            self.go_to(self.form.locator("#id_cue"), "Shift+Tab")
        if claim.answers:
            self.unfold(self.form.locator("[data-answers] > summary"))
        for said in sorted(claim.answers, key=lambda one: self.questions.index(self.question(one.question))):
            self.answer(said)

    def answer(self, said: Said) -> None:
        if self.form.locator("[data-answers] summary:focus").count() == 0:
            self.go_to(self.form.locator("[data-answers] summary"), "Tab")
        summary = self.form.locator("[data-answers] details > summary", has_text=self.question(said.question).text)
        self.go_to(summary, "ArrowDown")
        self.press("Enter")
        value = self.field(said, "value")
        expect(value).to_be_focused()
        chosen = said.choice or said.place
        label = value.locator(f"option[value='{chosen}']").inner_text() if chosen else said.value
        self.page.keyboard.type(label)
        expect(value).to_have_value(said.value)
        self.type(self.field(said, "as_worded"), said.as_worded)

    def type(self, field: Locator, words: str) -> None:
        """Tab selects what a field holds, so that typing takes its place."""
        self.go_to(field, "Tab")
        if field.input_value() != words:
            self.page.keyboard.type(words)

    def unfold(self, summary: Locator) -> None:
        self.go_to(summary, "Tab")
        self.press("Enter")

    def go_to(self, control: Locator, key: str, *, at_most: int = 30) -> None:
        for _ in range(at_most):
            if control.evaluate_all("all => all.includes(document.activeElement)"):
                return
            self.press(key)
        raise AssertionError(f"{control} cannot be reached by {key}")

    def save(self) -> None:
        self.press("Enter")


class ByMouse(Editor):
    """Drags and clicks. Words are selected in the report for an empty line of the form: what is not among them cannot
    be entered. The list of a select is drawn outside of the page, where no test can click: its option is set."""

    untouched: ClassVar = {"cue": "", "note": ""}

    def tries(self, claim: Wanted) -> Wanted:
        answers = tuple(one for one in claim.answers if one.choice or one.place or one.is_said_by_its_words)
        return replace(claim, answers=answers, **self.untouched)

    def select(self, quote: str) -> None:
        self.bring_into_view(quote)
        drag(self.page, quote, quote)

    def add(self, quote: str) -> None:
        self.form.locator("summary", has_text="Add another passage").click()
        self.select(quote)

    def bring_into_view(self, words: str) -> None:
        """With the wheel."""
        top = spot(self.page, words)[1]
        if not 100 < top < 600:
            self.page.mouse.move(600, 450)
            self.page.mouse.wheel(0, top - 300)
            expect_still(self.page)

    def fill(self, claim: Wanted) -> None:
        self.form.locator(f"label.chip:has([value='{claim.source}'])").click()
        self.put(self.form.locator("#id_speaker"), claim.speaker)
        if claim.answers:
            self.form.locator("[data-answers] > summary").click()
        for said in claim.answers:
            self.answer(said)

    def answer(self, said: Said) -> None:
        self.form.locator("[data-answers] summary", has_text=self.question(said.question).text).click()
        if said.choice or said.place:
            self.field(said, "value").select_option(said.value)
        self.put(self.field(said, "as_worded"), said.as_worded)

    def put(self, line: Locator, words: str) -> None:
        line.click()
        self.bring_into_view(words)
        drag(self.page, words, words)
        expect(line).to_have_value(words)

    def save(self) -> None:
        self.form.get_by_role("button", name="Save").last.click()


def expect_still(page: Page) -> None:
    """Scrolling has come to rest."""
    last = None
    while (now := page.evaluate("() => new Promise(done => setTimeout(() => done(scrollY), 60))")) != last:
        last = now


class ByTouch(Editor):
    """Taps; what the finger and the handles select is set, and what the screen's keyboard types is put in."""

    def select(self, quote: str) -> None:
        select_by_touch(self.page, quote)
        self.page.get_by_role("button", name="Mark the selection").tap()

    def add(self, quote: str) -> None:
        select_by_touch(self.page, quote)
        self.page.get_by_role("button", name="Add it to the claim").tap()

    def fill(self, claim: Wanted) -> None:
        self.form.locator(f"label.chip:has([value='{claim.source}'])").tap()
        self.type(self.form.locator("#id_speaker"), claim.speaker)
        self.type(self.form.locator("#id_cue"), claim.cue)
        if claim.note:
            self.form.locator("details:has(#id_note) > summary").tap()
            self.type(self.form.locator("#id_note"), claim.note)
        if claim.answers:
            self.form.locator("[data-answers] > summary").tap()
        for said in claim.answers:
            self.answer(said)

    def answer(self, said: Said) -> None:
        self.form.locator("[data-answers] summary", has_text=self.question(said.question).text).tap()
        if said.choice or said.place:
            self.field(said, "value").select_option(said.value)
        else:
            self.type(self.field(said, "value"), said.value)
        self.type(self.field(said, "as_worded"), said.as_worded)

    def type(self, field: Locator, words: str) -> None:
        field.tap()
        if field.input_value() != words:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(words)

    def save(self) -> None:
        self.form.get_by_role("button", name="Save").last.tap()
