"""Each trust case that this version answers is named by a test, and the table of them is true."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
TABLE = TESTS / "trust" / "README.md"
ANSWERED = [
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "07",
    "08",
    "09",
    "10",
    "11",
    "12",
    "13",
    "14",
    "15",
    "16",
    "17",
    "19",
    "20",
    "21",
    "22",
    "23",
    "24",
    "25",
    "26",
    "27",
    "28",
    "29",
    "30",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "38",
    "39",
    "40",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "47",
    "48",
    "49",
    "50",
    "51",
    "52",
    "53",
    "54",
    "55",
    "56",
    "57",
    "58",
    "59",
    "60",
    "61",
    "62",
    "63",
    "64",
    "65",
    "66",
    "67",
    "68",
    "69",
    "70",
    "71",
    "72",
    "73",
    "74",
    "75",
    "76",
    "77",
    "78",
    "79",
    "80",
    "83",
    "89",
    "90",
    "91",
    "92",
    "93",
    "94",
    "95",
]


def numbers_of(function):
    """The cases a test names, in its name (`t07`) or docstring (`T-07`)."""
    in_words = re.findall(r"T-(\d\d)", ast.get_docstring(function) or "")
    return {*re.findall(r"(?:^|_)t(\d\d)(?=_|$)", function.name), *in_words}


def named_cases():
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in numbers_of(node):
                    yield number, f"{path.relative_to(TESTS)}::{node.name}"


@pytest.fixture(scope="module")
def cases():
    found = {}
    for number, test in named_cases():
        found.setdefault(number, set()).add(test)
    return found


@pytest.mark.parametrize("number", ANSWERED)
def test_a_test_names_the_case_and_the_table_lists_one(cases, number):
    listed = re.search(rf"^\| T-{number} \|(.*)$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)

    assert cases.get(number)
    assert listed is not None
    assert set(re.findall(r"`([^`]+::[^`]+)`", listed[1])) & cases[number]


def test_every_test_in_the_table_exists(cases):
    listed = re.findall(r"`([^`]+::[^`]+)`", TABLE.read_text(encoding="utf-8"))

    assert sorted(set(listed) - set().union(*cases.values())) == []
