"""Rules about the code itself that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "eventapp"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
EDGES = [
    path
    for path in MODULES
    if path.stem.endswith("views") or path.stem == "forms" or path.parent.name == "forms"
]
BELOW = ("foundation", "cli")
"""What the slices stand on, and the demo that fills their tables."""
LONGEST_FILE, LONGEST_FUNCTION = 300, 30
ROLES = (
    "views", "forms", "actions", "mails", "permissions", "queries", "models", "errors", "states"
)  # fmt: skip
"""What a file does is the end of its name, or its folder's; each role imports only later ones."""


def name(path):
    return str(path.relative_to(ROOT))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def body_lines(function):
    """Lines of a function's work, without its name, parameters and docstring."""
    first = (
        function.body[1] if ast.get_docstring(function) and function.body[1:] else function.body[0]
    )
    return function.end_lineno - first.lineno + 1


def role_of(path):
    """The role of a module by its own name or its folder's, None where it has none of these."""
    if "cli" in path.parts:
        return None  # there a name is that of a command
    names = (path.stem.rpartition("_")[2], path.parent.name)
    return next((role for role in ROLES if role in names), None)


def module_file(module, member):
    """The file behind `from module import member`, None if it is none of ours."""
    folder = ROOT.joinpath(*module.split("."))
    found = (folder / f"{member}.py", folder.with_suffix(".py"), folder / "__init__.py")
    return next((path for path in found if path.is_relative_to(PACKAGE) and path.is_file()), None)


@pytest.mark.parametrize("path", [path for path in MODULES if role_of(path)], ids=name)
def test_a_role_imports_only_the_roles_below_it(path):
    """`import-linter` knows whole names only; here `bulk_views` counts as a view as well."""
    rank = ROLES.index(role_of(path))
    files = [module_file(*pair) for pair in imported(ast.parse(path.read_text(encoding="utf-8")))]
    roles = {file: role_of(file) for file in files if file is not None}

    assert [name(file) for file, role in roles.items() if role and ROLES.index(role) < rank] == []


@pytest.mark.parametrize("path", EDGES, ids=name)
def test_a_view_speaks_no_sql(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert [pair for pair in imported(tree) if pair[0].startswith("sqlalchemy")] == []
    assert re.search(r"db\.session|\.query\b\(", path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in BELOW], ids=name
)
def test_only_named_queries_select(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert ("sqlalchemy", "select") not in set(imported(tree)) or role_of(path) == "queries"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_text_of_people_is_ever_a_template(path):
    """T-28: one pass over a fixed table is all that fills in organisers' texts."""
    source = path.read_text(encoding="utf-8")

    assert (
        re.findall(r"render_template_string|\bfrom_string\(|format_map\(|\beval\(|\bexec\(", source)
        == []
    )


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_and_functions_stay_small(path):
    source = path.read_text(encoding="utf-8")
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert len(source.splitlines()) <= LONGEST_FILE
    assert {
        node.name: body_lines(node) for node in functions if body_lines(node) > LONGEST_FUNCTION
    } == {}


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if "mail" not in path.stem and path.parent.name != "mail"],
    ids=name,
)
def test_a_template_holds_neither_inline_style_nor_script(path):
    """T-23: the content policy would refuse them anyway."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    data = r"\stype=[\"']application/ld\+json[\"']"  # a block of data, which nothing executes
    assert re.findall(rf"<script(?![^>]*(?:\ssrc=|{data}))", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_trusts_no_text_and_no_other_site(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"\|\s*safe\b|autoescape\s+false", text) == []
    assert re.findall(r"<(?:script|img|iframe|source)[^>]+(?:src|srcset)=[\"']https?:", text) == []
    assert re.findall(r"<link[^>]+href=[\"']https?:", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_changes_something_carries_a_csrf_token(path):
    text = path.read_text(encoding="utf-8")
    forms = re.findall(
        r"<form[^>]*method=[\"']post[\"'].*?</form>", text, flags=re.DOTALL | re.IGNORECASE
    )

    without = [form[:80] for form in forms if "csrf" not in form and "hidden_tag" not in form]
    assert without == [] or path.name == "unsubscribe.html"  # the link is the proof (RFC 8058)


@pytest.mark.parametrize("path", [*MODULES, *TEMPLATES], ids=name)
def test_a_link_in_a_new_window_gives_nothing_away(path):
    text = path.read_text(encoding="utf-8")
    opened = re.findall(r"<a[^>]+target=[\"']_blank[\"'][^>]*>", text)

    assert [link for link in opened if "noopener" not in link] == []
