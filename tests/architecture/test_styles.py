"""Every rule of our stylesheets is for something that a page shows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
SOURCES = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static" / "js").glob("*.js"),
    *(ROOT / "eventapp").rglob("*.py"),
]
NO_RULES = re.compile(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", re.DOTALL)
SELECTED = re.compile(r"\.(-?[a-zA-Z_][\w-]*)(?=[^{}]*\{)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
IN_A_BLOCK = re.compile(r"\{% block \w+_class %\}([^{]*)")
NOT_OURS = "kern-"


def words_in_quotes():
    """Whatever stands in quotes may become a class: in an attribute, or put together in a macro; so
    does what a page puts into a block of classes."""
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        for quoted in QUOTED.findall(source) + IN_A_BLOCK.findall(source):
            yield from re.findall(r"[\w-]+", quoted)


@pytest.fixture(scope="module")
def known():
    return set(words_in_quotes())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_rule_is_for_a_class_that_no_page_has(sheet, known):
    classes = set(SELECTED.findall(NO_RULES.sub("", sheet.read_text(encoding="utf-8"))))

    assert sorted(one for one in classes - known if not one.startswith(NOT_OURS)) == []
