"""The rules of the house that a machine can check: what may import what, how long things are, what does not occur."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "articles"
CODE = sorted([*APP.rglob("*.py"), *(ROOT / "newsdesk").rglob("*.py")])
WRITTEN = [path for path in CODE if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# From the bottom upwards. A module may import from its own layer and from those below. A package stands for
# all its modules; a new module has to be given a place.
LAYERS = [
    {"accounts", "counting", "digests", "new_files", "text", "tones"},
    {"models", "migrations"},
    {"backups", "desk_format", "desk_stamp", "loading", "requests", "snapshots"},
    {"kept_pages", "search"},
    {"writing"},
    {"pages", "suggestions"},
    {"decorators", "importing"},
    {"editors", "exporting"},
    {"templatetags", "views"},
    {"urls"},
    {"admin", "apps", "management"},
]
# `either`: a form that is shown and sent under one address.
NAMING_METHODS = {"require_safe", "require_GET", "require_POST", "either"}
PURE = {"accounts", "text", "tones"}
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """The names of modules; of `from articles import views` both `articles` and `articles.views`."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "articles")
    return found


def part_of(module: str) -> str:
    """The part of the app that a module belongs to; empty for the app itself and for others."""
    return module.split(".")[1] if module.startswith("articles.") else ""


def parts_used(path: Path) -> set[str]:
    return {part_of(module) for module in imported(path)} - {""}


def test_every_module_has_a_layer() -> None:
    assert {part_of(module_of(path)) for path in APP.rglob("*.py")} - {""} == LAYER.keys()


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_imports_point_downwards(path: Path) -> None:
    own = part_of(module_of(path))
    if not own:
        return
    upward = {part for part in parts_used(path) if LAYER[part] > LAYER[own]}
    assert not upward, f"{named(path)} imports upwards"


def test_imports_within_a_layer_make_no_circle() -> None:
    known = {module_of(path) for path in WRITTEN}
    # The package `models` names all its modules for those above; below it they are imported singly.
    graph = {module_of(path): imported(path) & known for path in WRITTEN if path.name != "__init__.py"}
    assert tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", [path for path in WRITTEN if part_of(module_of(path)) in PURE], ids=named)
def test_what_is_pure_knows_no_django_and_no_database(path: Path) -> None:
    assert not {module for module in imported(path) if module.split(".")[0] == "django"}
    assert parts_used(path) <= PURE


def test_the_project_knows_the_app_by_its_addresses_alone() -> None:
    for path in WRITTEN:
        if "newsdesk" in path.parent.parts:
            assert parts_used(path) == set(), named(path)


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_imports_are_absolute_and_at_the_top(path: Path) -> None:
    module = tree(path)
    imports = [node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert all(node.level == 0 for node in imports if isinstance(node, ast.ImportFrom))
    # Models can be imported only once all apps are loaded: `ready` is the place that Django gives for it.
    ready = [node for one in ast.walk(module) if getattr(one, "name", "") == "ready" for node in ast.walk(one)]
    inner = [node.lineno for node in imports if node not in (*module.body, *ready)]
    assert not inner, f"{named(path)} imports within something on lines {inner}"


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_nothing_is_too_long(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= (51 if path.parent.name == "commands" else 350), f"{named(path)} has {lines} lines"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 35, f"{named(path)}: {node.name} has {length} lines"


@pytest.mark.parametrize("path", [path for path in WRITTEN if "views" in path.parts], ids=named)
def test_views_ask_in_the_fields_words(path: Path) -> None:
    called = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert not called & {"filter", "exclude", "annotate", "raw", "extra"}


@pytest.mark.parametrize("path", [path for path in WRITTEN if "views" in path.parts], ids=named)
def test_views_are_functions_that_name_their_methods(path: Path) -> None:
    for node in tree(path).body:
        assert not isinstance(node, ast.ClassDef)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert {ast.unparse(one) for one in node.decorator_list} & NAMING_METHODS


@pytest.mark.parametrize("path", [path for path in WRITTEN if path.name != "static_files.py"], ids=named)
def test_no_markup_is_declared_safe(path: Path) -> None:
    """Except the desk's own style sheets."""
    assert not re.search(r"mark_safe|SafeString\(|\bsafe\b *=|csrf_exempt|\bprint\(", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_hold_no_code_and_no_styles(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape off|hx-on|\bstyle=|\son[a-z]+=", text)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(?:src|href)=[\"']https?:", text), "nothing comes from another site"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_links_that_htmx_follows_work_without_it(path: Path) -> None:
    for element in re.findall(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.sub(r"\{%.*?%\}", "", path.read_text())):
        assert "hx-get=" not in element or re.search(r"\s(?:href|action)=", element), element
        assert "hx-post=" not in element or re.search(r"\s(?:form)?action=", element), element


def test_no_module_says_its_pattern_in_place_of_its_subject() -> None:
    banned = {"utils", "helpers", "services", "managers", "common", "misc"}
    assert not banned & {path.stem for path in CODE}
