"""Files of the test before are gone, as its rows are."""

from shutil import rmtree

import pytest

from eventapp.foundation.uploads import folder


@pytest.fixture(autouse=True)
def empty_folder(app):
    rmtree(folder(), ignore_errors=True)
