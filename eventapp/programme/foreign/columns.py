"""What the columns of a hand-kept programme mean, by their headings and what is in them. Pure."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from eventapp.foundation.text import clean
from eventapp.programme.foreign.wall_times import weekday_of


class Column(Enum):
    """A meaning; PEOPLE are several in one cell, PERSON is one."""

    WEEKDAY = auto()
    DATE = auto()
    START = auto()
    END = auto()
    LENGTH = auto()
    ROOM = auto()
    TITLE = auto()
    SUBTITLE = auto()
    TEXT = auto()
    GUID = auto()
    NUMBER = auto()
    KIND = auto()
    LANGUAGE = auto()
    PEOPLE = auto()
    PERSON = auto()
    OTHER = auto()


_HEADINGS = {
    Column.WEEKDAY: "day tag wochentag weekday",
    Column.DATE: "date datum am",
    Column.START: "time_start start starttime start_time start_hour beginn begin uhrzeit zeit time "
    "von from beginnt anfang",
    Column.END: "time_end end ende endtime end_time bis to until schluss end_hour",
    Column.LENGTH: "dauer duration länge minuten minutes length",
    Column.ROOM: "room raum ort saal location venue bühne stage",
    Column.TITLE: "title titel thema topic vortrag talk session programmpunkt",
    Column.SUBTITLE: "subtitle untertitel podcast sendung show reihe",
    Column.TEXT: "description beschreibung abstract text inhalt teaser kurzbeschreibung",
    Column.GUID: "guid uuid",
    Column.NUMBER: "id nr nr. nummer code number",
    Column.KIND: "type art typ kind format",
    Column.LANGUAGE: "language sprache lang",
    Column.PEOPLE: "persons people speakers speaker vortragende vortragender referenten referent "
    "referierende teilnehmer teilnehmende mitwirkende personen gäste wer who",
}
_MEANING = {word: column for column, words in _HEADINGS.items() for word in words.split()}
_NUMBERED_PERSON = re.compile(
    r"(?:(?:vortragender?|referent(?:in)?|speaker|person|mitwirkender?)[ _]*)?[1-9]"
)
_SEVERAL = frozenset({Column.PERSON, Column.PEOPLE, Column.TEXT, Column.OTHER})


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The meaning of each column; the first of two that mean the same keeps it."""
    columns: list[Column] = []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows if place < len(row)]
        column = _meaning(clean(heading).casefold(), cells)
        taken = column in columns and column not in _SEVERAL
        columns.append(Column.OTHER if taken else column)
    return columns


def _meaning(heading: str, cells: Sequence[str]) -> Column:
    if _NUMBERED_PERSON.fullmatch(heading):
        return Column.PERSON
    if not heading:
        filled = [cell for cell in cells if cell.strip()]
        weekdays = sum(weekday_of(cell) is not None for cell in filled)
        return Column.WEEKDAY if filled and weekdays * 2 > len(filled) else Column.OTHER
    return _MEANING.get(heading) or _MEANING.get(heading.replace(" ", "_"), Column.OTHER)
