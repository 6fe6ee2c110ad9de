"""Lists that real people kept, read without complaint. They stay outside the project: such data
may not be copied."""

from pathlib import Path

import pytest
from contacts.lists import read_list

FOLDER = Path(__file__).parents[3] / "shared" / "real"


def test_a_latin_1_list_keeps_its_umlauts():
    read = read_list((FOLDER / "csv-basic-iso-8859-1.crlf.csv").read_bytes())

    cells = {cell for record in read.records for cell in record.cells}
    assert not any("\ufffd" in cell for cell in cells)
    assert any(not cell.isascii() for cell in cells)


@pytest.mark.parametrize(
    "name", ["alfio-import-attendees.csv", "camp99.csv", "sendezentrum_31C3.csv"]
)
def test_a_list_kept_by_hand_is_read_row_by_row(name: str):
    content = (FOLDER / name).read_bytes()

    read = read_list(content)

    assert len(read.header) > 1
    assert 0 < len(read.records) <= content.count(b"\n") + 1
