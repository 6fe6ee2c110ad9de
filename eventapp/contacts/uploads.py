"""What is in an uploaded file: one list, or one for each sheet of a workbook. Pure."""

from dataclasses import dataclass

from eventapp.contacts.errors import FileRefused
from eventapp.contacts.reading import MAX_BYTES, ContactList, decode, parse_list
from eventapp.contacts.workbook import is_workbook, read_workbook
from eventapp.foundation.message import Message, message

WORKBOOK = "xlsx"


@dataclass(frozen=True)
class Upload:
    """A list as it was found in a file.

    `encoding` is that of a text, or WORKBOOK; `sheet` its name there; `notes` are to be told.
    """

    encoding: str
    contact_list: ContactList
    sheet: str = ""
    notes: tuple[Message, ...] = ()


def read_upload(content: bytes) -> list[Upload]:
    """All lists in a file. Raises FileRefused with the reason."""
    if len(content) > MAX_BYTES:
        raise FileRefused(message("The file is larger than %(limit)s MB.", limit=MAX_BYTES >> 20))
    if is_workbook(content):
        return [
            Upload(WORKBOOK, one.contact_list, one.name, one.notes)
            for one in read_workbook(content)
        ]
    source = decode(content)
    return [Upload(source.encoding, parse_list(source.text))]


def one_upload(content: bytes, sheet: str = "") -> Upload:
    """The list of this name, or the only one. Raises FileRefused where that is not clear."""
    found = read_upload(content)
    wanted = [one for one in found if not sheet or one.sheet == sheet]
    if len(wanted) == 1:
        return wanted[0]
    names = ", ".join(one.sheet for one in found)
    if not wanted:
        raise FileRefused(message("There is no such sheet; there are: %(names)s.", names=names))
    raise FileRefused(
        message("The workbook has several sheets with data. Please name one: %(names)s.",
                names=names)
    )  # fmt: skip
