import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Alias, Source
from tests.factories import make_article, make_claim, make_source
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tone", [0, 13])
def test_a_tone_is_one_of_twelve(tone: int) -> None:
    make_source()
    Source.objects.update(tone=12)
    with refused("A tone is a number from 1 to 12."):
        Source.objects.update(tone=tone)


@pytest.mark.parametrize("field", ["name", "slug", "code"])
def test_its_names_are_its_own(field: str) -> None:
    one, two = make_source(name="One"), make_source(name="Two")
    with refused(f"Another source has this {field}."):
        Source.objects.filter(pk=two.pk).update(**{field: getattr(one, field)})


def test_it_is_not_merged_into_itself() -> None:
    source = make_source()
    with refused("A source cannot be merged into itself."):
        Source.objects.update(merged_into=source)


def test_in_use_it_cannot_be_deleted() -> None:
    speaking, publishing, standing_for = make_source(name="A"), make_source(name="B"), make_source(name="C")
    make_claim(article=make_article(outlet=publishing), source=speaking)
    Source.objects.create(name="Old", slug="old", code="OLD", merged_into=standing_for)
    for source in (speaking, publishing, standing_for):
        with pytest.raises(ProtectedError):
            source.delete()


@pytest.mark.parametrize("code", ["A", "ABCDEF", "A1", "A B", "A_B", ""])
def test_a_code_has_two_to_five_letters(code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Source(name="x", slug="x", code=code).full_clean()
    assert "code" in caught.value.message_dict


@pytest.mark.parametrize("code", ["AB", "ABCDE", "МО", "سان"])
def test_of_any_script(code: str) -> None:
    Source(name="x", slug="x", code=code).full_clean()


class TestCalled:
    @pytest.mark.parametrize("name", ["SANA", "sana", "S.A.N.A.", "s.a.n.a.", "Syrian Arab News Agency"])
    def test_finds_by_slug_name_and_alias_in_any_case(self, name: str) -> None:
        sana = make_source(name="SANA")
        for alias in ("S.A.N.A.", "Syrian Arab News Agency"):
            sana.aliases.create(name=alias)
        make_source(name="Agency")
        assert list(Source.objects.called(name)) == [sana]

    def test_finds_nothing_by_half_a_name(self) -> None:
        make_source(name="SANA")
        assert not Source.objects.called("SAN").exists()


def test_an_alias_is_of_one_source_in_any_case() -> None:
    make_source(name="One").aliases.create(name="The agency")
    with refused("Another source has this alias."):
        make_source(name="Two").aliases.create(name="THE AGENCY")
    assert str(Alias.objects.get()) == "The agency"


class TestMerged:
    @pytest.fixture
    def chain(self) -> list[Source]:
        last = make_source(name="Last", kind="outlet")
        middle = Source.objects.create(name="Middle", slug="middle", code="MID", kind="outlet", merged_into=last)
        first = Source.objects.create(name="First", slug="first", code="FIR", kind="outlet", merged_into=middle)
        return [first, middle, last]

    def test_lives_on_in_the_last(self, chain: list[Source]) -> None:
        assert [source.living() for source in chain] == [chain[2]] * 3

    def test_is_not_in_use(self, chain: list[Source]) -> None:
        agency = make_source(name="Agency", kind="agency")
        assert set(Source.objects.in_use()) == {chain[2], agency}
        assert set(Source.objects.outlets()) == {chain[2]}
        assert set(Source.objects.merged()) == set(chain[:2])


def test_its_name_and_address() -> None:
    source = make_source(name="US officials")
    assert (str(source), source.get_absolute_url()) == ("US officials", "/sources/us-officials/")
