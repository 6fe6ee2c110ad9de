"""A start imports nothing that the first pages do not need: it would keep visitors waiting."""

import gc
import subprocess
import sys

import pytest

from eventapp.cli.loading import nothing_collected

START = "import sys, eventapp.app, eventapp.cli.serving, eventapp.edges; print(*sys.modules)"
LATER = ("sqlalchemy.dialects.postgresql", "psycopg", "redis", "icalendar", "pyotp", "openpyxl")
"""The other database, what few installations use, and what belongs to single pages."""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", LATER)
def test_what_the_first_page_does_not_need_is_not_imported(loaded, name):
    assert name not in loaded


def test_the_collector_rests_while_much_is_loaded_and_works_again_afterwards():
    with nothing_collected():
        with nothing_collected():
            pass
        assert not gc.isenabled()
    with pytest.raises(ImportError), nothing_collected():
        raise ImportError

    assert gc.isenabled()
