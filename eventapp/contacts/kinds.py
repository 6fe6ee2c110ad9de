"""What is no contact list, told by its first bytes or by what it is made of. Pure."""

import re

from eventapp.foundation.message import Message, message

_SAMPLE = 20_000
_STRAY = 5  # that many control characters may slip into the export of an old program
_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")  # 0x1a ended files in MS-DOS

_OLD_WORKBOOK = message(
    "This is a workbook in the old format (XLS). Please save it as XLSX or CSV UTF-8 first."
)
_LOCKED = message("The workbook is protected by a password. Please save it without one.")
_PICTURE = message("This is a picture. Please choose the contact list as CSV.")
_ARCHIVE = message("This is a compressed file. Please unpack it and choose the list in it as CSV.")
_CARDS = message("These are vCards or calendar entries. Please export the list as CSV.")
_BY_SIGNATURE = {
    b"%PDF": message("This is a PDF file. Please export the list as CSV."),
    b"PK\x05\x06": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": _ARCHIVE,
    b"Rar!\x1a\x07": _ARCHIVE,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"SQLite format 3\x00": message("This is a database. Please export the list as CSV."),
}
_BY_BEGINNING = (
    (re.compile(r"\{\\rtf"), message("This is a text document. Please save the list as CSV.")),
    (
        re.compile(r"""\{\s*(["'}]|$)|\[\s*([\[{"\]]|$)"""),
        message("This is a JSON file. Please export the list as CSV."),
    ),
    (
        re.compile(r"<[!?]|<[a-z][^<>;,|]*>[^<;,|\t]*<", re.IGNORECASE),
        message("This is a web page or an XML file. Please export the list as CSV."),
    ),
    (re.compile(r"BEGIN:V", re.IGNORECASE), _CARDS),
)


def other_kind(content: bytes) -> Message | None:
    """What a file is instead of a text, as its first bytes say; None if they say nothing."""
    if content.startswith(_OFFICE):
        return _LOCKED if _ENCRYPTED in content else _OLD_WORKBOOK
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _PICTURE
    return next((said for start, said in _BY_SIGNATURE.items() if content.startswith(start)), None)


def other_text(text: str) -> Message | None:
    """What a text is instead of a list; None if it may be one.

    A few control characters are dirt; more of them are a program's data read as if it were text.
    """
    beginning = text[:200].lstrip()
    for pattern, said in _BY_BEGINNING:
        if pattern.match(beginning):
            return said
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(_STRAY, len(sample) // 100):
        return message("This file is no text. Please choose the contact list as CSV.")
    return None
