"""Small files of other programs, all made up, and how tests read them."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from eventapp.programme.exchange import BadProgramme
from eventapp.programme.foreign import Reading, Target, read_any

FILES = Path(__file__).parent / "files"
TARGET = Target("Europe/Berlin", date(2027, 6, 24), date(2027, 6, 25), ("Plenum", "Akademie 1"))
BERLIN = ZoneInfo("Europe/Berlin")


def read(content: bytes | str, target: Target = TARGET) -> Reading:
    """A file, or its text, as an event of June 2027 reads it."""
    return read_any(content.encode() if isinstance(content, str) else content, target)


def read_file(name: str) -> Reading:
    """One of the files beside the tests."""
    return read((FILES / name).read_bytes())


def told(reading: Reading) -> list[tuple[str, str, str, str]]:
    """All remarks in English: entry, topic, what was found, what was made of it."""
    return [
        (str(each.entry), each.topic.value, each.found, str(each.made)) for each in reading.remarks
    ]


def on_the_clock(moment: datetime | None) -> str:
    """A moment as Berlin's clocks show it."""
    return f"{moment.astimezone(BERLIN):%d.%m. %H:%M}" if moment else ""


def times(reading: Reading) -> list[tuple[str, str, str]]:
    """Title, beginning and end of each session."""
    return [
        (each.title, on_the_clock(each.starts_at), on_the_clock(each.ends_at))
        for each in reading.document.sessions
    ]


def refusal(content: bytes | str) -> str:
    """Why a file is refused."""
    try:
        read(content)
    except BadProgramme as problem:
        (fault,) = problem.faults
        return str(fault.reason)
    raise AssertionError("the file was read")


def schedule(events: str, *, day: str = "2027-06-24", head: str = "") -> str:
    """A schedule.xml with these events in one room."""
    return (
        f"<schedule>{head}<conference><title>Messe</title></conference>"
        f"<day date='{day}' index='1'><room name='Plenum'>{events}</room></day></schedule>"
    )


def event(number: int, **fields: str) -> str:
    """An event for `schedule`."""
    shown = {
        "date": "2027-06-24T16:00:00+02:00",
        "duration": "00:30",
        "title": f"Vortrag {number}",
    } | fields
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in shown.items())
    return f"<event id='{number}' guid='8f1d7c52-0b0e-4a3e-9a51-{number:012d}'>{inner}</event>"


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook with these rows."""
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def zip_bomb() -> bytes:
    """A workbook that unpacks to 400 MB."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b"\0" * 1_000_000)
    return content.getvalue()
