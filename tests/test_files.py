import re
from pathlib import Path

import pytest

from articles.importing import files
from articles.importing.files import ArticleFileError, article_files, read_bytes, read_text, story_files


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some text.")


def test_a_folder_gives_its_texts_with_what_lies_beside_them(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a.txt", "a.toml", "a.jsonld", "sub/c.txt", "README.md")
    one, two, three = article_files([tmp_path])
    assert (one.key, one.text, one.metadata, one.annotations) == (
        "a",
        tmp_path / "a.txt",
        tmp_path / "a.toml",
        tmp_path / "a.jsonld",
    )
    assert (two.key, two.metadata, two.annotations) == ("b", None, None)
    assert three.key == "sub/c"


def test_a_file_has_the_key_that_its_folder_gives_it(tmp_path: Path) -> None:
    put(tmp_path, "sub/c.txt")
    (one,) = article_files([tmp_path / "sub/c.txt"])
    assert one.key == "c"


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="There is no such file or folder. Check the path"):
        article_files([tmp_path / "nix"])


def test_a_folder_without_texts(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="no .txt file in this folder"):
        article_files([tmp_path])


def test_a_sidecar_alone_gives_no_article(tmp_path: Path) -> None:
    put(tmp_path, "story.toml")
    assert article_files([tmp_path / "story.toml"]) == []


def test_a_toml_file_without_a_text_is_a_story(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "a.toml", "z.toml", "sub/story.toml")
    assert story_files([tmp_path, tmp_path / "sub"]) == [tmp_path / "sub/story.toml", tmp_path / "z.toml"]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 3_000_000)
    monkeypatch.setattr(Path, "read_bytes", None)
    with pytest.raises(ArticleFileError, match=r"large.txt: The file has 3 MB; at most 2 MB are read. Split it"):
        read_bytes(path, 2 * files.MEGABYTE)


def test_a_size_over_the_limit_is_never_told_as_the_limit() -> None:
    told = [files.too_long(size, files.MEGABYTE).split(";")[0] for size in (1_000_001, 1_200_000, 12_345_678)]
    assert told == ["The file has 1.1 MB", "The file has 1.2 MB", "The file has 12.4 MB"]


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"xxx")
    assert read_bytes(path, 3) == b"xxx"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError, match="The file cannot be read: No such file or directory"):
        read_bytes(tmp_path / "nix.txt", 10)


def test_a_sidecar_is_utf_8_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbftitle")
    assert read_text(path) == "title"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(ArticleFileError, match="Not UTF-8 at byte 3. Save the file as UTF-8"):
        read_text(path)


def test_an_error_names_the_line_where_there_is_one() -> None:
    assert str(ArticleFileError(Path("a.toml"), "No.", 3)) == "a.toml, line 3: No."
    assert str(ArticleFileError(Path("a.toml"), "No.")) == "a.toml: No."


@pytest.mark.parametrize("page", ["README.md", "docs/importing.md", "docs/decisions.md", "docs/measured.md"])
def test_what_the_documents_link_to_is_there(page: str) -> None:
    path = Path(__file__).parent.parent / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []
