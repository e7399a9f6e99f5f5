import pytest

from articles.accounts import Relation
from articles.models import Question, Ruling, Source
from articles.writing.editing import EditError
from articles.writing.merging import last_merge, merge, unmerge
from articles.writing.rulings import in_force, relations_on, rule
from tests.factories import make_editor, make_question, make_source, make_story, make_user

pytestmark = pytest.mark.django_db
PAIR = frozenset(("coalition", "sana"))


@pytest.fixture
def question() -> Question:
    return make_question(story=make_story())


@pytest.fixture
def two() -> tuple[Source, Source]:
    return make_source(), make_source(name="SANA")


def test_the_last_one_is_in_force(question: Question, two: tuple[Source, Source]) -> None:
    editor = make_editor()
    rule(question, *two, says="conflict", reason="First.", editor=editor)
    last = rule(question, *reversed(two), says="agree", reason="  Second. ", editor=editor)
    assert in_force([question]) == {("how-many", PAIR): last}
    assert last.reason == "Second."
    assert relations_on([question]) == {("how-many", PAIR): Relation.AGREE}
    assert Ruling.objects.count() == 2


def test_giving_the_word_back_to_computing_is_a_ruling_too(question: Question, two: tuple[Source, Source]) -> None:
    editor = make_editor()
    rule(question, *two, says="conflict", reason="First.", editor=editor)
    rule(question, *two, says="computed", reason="It was wrong.", editor=editor)
    assert in_force([question]) == {}
    assert Ruling.objects.count() == 2


def test_a_merged_source_is_the_one_that_took_it_over(question: Question, two: tuple[Source, Source]) -> None:
    editor = make_editor()
    rule(question, *two, says="agree", reason="R.", editor=editor)
    third = make_source(name="Third", code="THI")
    merge(two[1], third, editor)
    assert set(in_force([question])) == {("how-many", frozenset(("coalition", "third")))}
    unmerge(last_merge(two[1]), editor)
    merge(two[1], two[0], editor)
    assert in_force([question]) == {}


def test_moves_the_stamp_of_the_story(question: Question, two: tuple[Source, Source]) -> None:
    before = question.story.stamp
    rule(question, *two, says="agree", reason="R.", editor=make_editor())
    question.story.refresh_from_db()
    assert question.story.stamp > before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"other": "one"}, "two different sources"),
        ({"says": "perhaps"}, "how the two accounts relate"),
        ({"reason": "  "}, "reason"),
        ({"editor": "reader"}, "Only editors"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_breaks_a_rule_is_refused(
    question: Question, two: tuple[Source, Source], changes: dict[str, str], why: str
) -> None:
    given = {"one": two[0], "other": two[1], "says": "agree", "reason": "R.", "editor": make_editor()}
    swapped = {"one": two[0], "reader": make_user("reader")}
    given |= {name: swapped.get(value, value) for name, value in changes.items()}
    with pytest.raises(EditError, match=why):
        rule(question, **given)
    assert not Ruling.objects.exists()
