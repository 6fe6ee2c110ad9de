"""The municipalities that come with the program, and lists of municipalities as files. Pure.

`municipalities.csv` has the 59 municipalities of Südwestfalen and four large towns around it. Names
and keys are those of the official directory (Gemeindeverzeichnis GV-ISys, © Statistisches Bundesamt
(Destatis), dl-de/by-2-0, https://www.govdata.de/dl-de/by-2-0); the choice, the names of the
counties and the postcode of each main town are ours.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent / "municipalities.csv"
COLUMNS = ("AGS", "Gemeinde", "Kreis", "PLZ (Hauptort)")
AGS_DIGITS = 8


class ColumnsMissing(Exception):
    """The file has not the columns of a list of municipalities; carries their names."""


@dataclass(frozen=True)
class MunicipalityEntry:
    """A municipality as a list has it; the AGS is text, for it may begin with a zero."""

    ags: str
    name: str
    county: str
    postcode: str

    @property
    def is_valid(self) -> bool:
        """Whether the key is one and the names are there."""
        key = len(self.ags) == AGS_DIGITS and self.ags.isdecimal()
        return key and bool(self.name) and bool(self.county)


def read_municipalities(file: Path = SHIPPED) -> Sequence[MunicipalityEntry]:
    """The entries of a file, by default of the one that comes along. Raises ColumnsMissing."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=";")
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ColumnsMissing(", ".join(sorted(missing)))
        return [
            MunicipalityEntry(*((row[name] or "").strip() for name in COLUMNS)) for row in reader
        ]
