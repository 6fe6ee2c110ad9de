"""What tests of contributors share: somebody asked for a part, their link, pictures and slides."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from factories import make_contribution, make_contributor, make_event, make_session
from PIL import Image

from eventapp.programme.kinds import Role
from eventapp.programme.states import ContributorState
from eventapp.speakers.permissions import token_of

JPEG = "image/jpeg"


def asked(event=None, state=ContributorState.ASKED, role=Role.INPUT, **person):
    """Somebody who was asked for a part in a planned session: the part."""
    event = event or make_event()
    session = make_session(event)
    return make_contribution(session, make_contributor(event, **person), role, state=state)


def link(part_or_person):
    """Where their page is."""
    person = getattr(part_or_person, "contributor", part_or_person)
    return f"/s/{token_of(person)}"


def picture(kind="JPEG", size=(400, 500), mode="RGB", **how):
    """A picture's bytes."""
    image = Image.new(mode, size, how.pop("colour", None) or 0)
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def png_bomb(width, height):
    """A PNG of some kilobytes that says it is as large as this, and really is."""

    def chunk(kind, content):
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row * 100) for _ in range(height // 100)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pptx(words=b"presentationml.presentation.main+xml"):
    """The smallest thing that calls itself a PowerPoint file."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types>" + words + b"</Types>")
        package.writestr("ppt/presentation.xml", b"<p/>")
    return out.getvalue()


def odp():
    """The same of LibreOffice."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def file(content, name="Bild.jpg", **more):
    """A form with a file."""
    return {"file": (BytesIO(content), name), **more}


def hand_in_picture(client, part, content=None, name="Bild.jpg", **more):
    """Send a portrait with all that belongs to it."""
    words = {"photographer": "Foto Flink", "rights": "y"} | more
    return client.post(
        f"{link(part)}/portrait",
        data=file(picture() if content is None else content, name, **words),
    )


def later(moment, minutes):
    """So many minutes later."""
    return moment + timedelta(minutes=minutes)
