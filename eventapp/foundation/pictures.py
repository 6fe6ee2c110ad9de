"""Pictures of strangers: looked at before they are decoded, and kept only as we painted them anew.

What comes out is a JPEG of our own making: first frame, upright, RGB, without a word of what stood
in the file (place, camera, author, colour profile). One picture is decoded at a time.
"""

import re
import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from eventapp.foundation.incoming import FileRefused
from eventapp.foundation.message import Message, message

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
SHORTEST_SIDE = 160
MOST_SCANS = 100  # of a JPEG; cameras and programs write at most a dozen
MOST_SEGMENTS = 5000
QUALITY = 84
WHITE = (255, 255, 255)
SCALED_AS_IT_IS = frozenset({"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"})
DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
_turn = BoundedSemaphore(1)  # a large one takes 200 MB while it is decoded
_HEADS = (
    re.compile(rb"\xff\xd8\xff"),
    re.compile(rb"\x89PNG\r\n\x1a\n"),
    re.compile(rb"GIF8[79]a"),
    re.compile(rb"RIFF....WEBP", re.DOTALL),
)
_JPEG = _HEADS[0]
_MARKER = re.compile(rb"\xff+[^\x00\x01\xd0-\xd8\xff]")  # what stands alone has no length
_SCAN, _END = 0xDA, 0xD9
_HEIC = re.compile(rb"....ftyp(heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
_CANVAS = re.compile(rb"RIFF....WEBPVP8X.{8}(?P<width>.{3})(?P<height>.{3})", re.DOTALL)

UNKNOWN = message("This is no picture that we can read. Please choose a JPEG, PNG or WebP.")
HEIC = message(
    "This is a picture in HEIC, the format of iPhones, which many programs cannot read. Please"
    " save it as JPEG first."
)
TOO_LARGE = message("This picture has too many pixels. Please make it smaller first.")
TOO_SMALL = message(
    "This picture is too small: it needs at least %(side)s pixels on each side.", side=SHORTEST_SIDE
)
BROKEN = message("This picture is damaged or not complete. Please choose another one.")


@dataclass(frozen=True)
class Painted:
    """A picture in one size, as a JPEG."""

    content: bytes
    width: int
    height: int


def paint(path: Path, sides: tuple[int, ...]) -> list[Painted]:
    """The picture in a file, once for each length of its longest side.

    Raises FileRefused for what is no picture, too large to be decoded, or broken.
    """
    with path.open("rb") as file:
        refuse_by_head(file.read(64))
    with _turn:
        _refuse_endless(path)
        upright = _upright(path, max(sides))
        return [_painted(upright, side) for side in sides]


def refuse_by_head(head: bytes) -> None:
    """Raise FileRefused for what does not begin as a picture does; nothing is decoded."""
    if _HEIC.match(head):
        raise _refused(HEIC)
    if not any(kind.match(head) for kind in _HEADS):
        raise _refused(UNKNOWN)
    canvas = _CANVAS.match(head)
    if canvas:  # the library makes room for it before it says how large it is
        _refuse_size(*(_number(canvas[name]) + 1 for name in ("width", "height")))


def _refuse_endless(path: Path) -> None:
    """Raise FileRefused for a JPEG that asks for its pixels to be gone over a thousand times.

    Each scan of a few bytes costs as much as decoding the whole picture once.
    """
    content = path.read_bytes()
    if not _JPEG.match(content):
        return
    scans, position = 0, 2
    for _segment in range(MOST_SEGMENTS):
        found = _MARKER.search(content, position)
        kind = content[found.end() - 1] if found else _END
        if found is None or kind == _END:
            return
        scans += kind == _SCAN
        if scans > MOST_SCANS:
            break
        position = found.end() + int.from_bytes(content[found.end() : found.end() + 2])
    raise _refused(BROKEN)


def _number(three: bytes) -> int:
    return int(struct.unpack("<I", three + b"\0")[0])


def _refuse_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _refused(TOO_LARGE)
    if min(width, height) < SHORTEST_SIDE:
        raise _refused(TOO_SMALL)


def _upright(path: Path, side: int) -> "Image":
    from PIL import Image, ImageOps  # noqa: PLC0415 - 12 MB that only uploads need

    Image.MAX_IMAGE_PIXELS = None  # ours is stricter, and refuses before anything is decoded
    try:
        with Image.open(path, formats=FORMATS) as image:
            _refuse_size(*image.size)
            image.draft("RGB", (side * 2, side * 2))  # JPEG can be read at a fraction of its size
            image.load()
            if image.mode in SCALED_AS_IT_IS:  # before it is turned and painted, to save memory
                image.thumbnail((side * 2, side * 2), Image.Resampling.LANCZOS, reducing_gap=2)
            small = _flat(ImageOps.exif_transpose(image))
            small.thumbnail((side, side), Image.Resampling.LANCZOS)
    except FileRefused:
        raise
    except MemoryError as problem:
        raise _refused(TOO_LARGE) from problem
    except Exception as problem:  # decoders of strangers' bytes raise whatever they like
        raise _refused(BROKEN) from problem
    return small


def _flat(image: "Image") -> "Image":
    """In RGB: what is transparent becomes white, sixteen bits eight."""
    from PIL import Image  # noqa: PLC0415 - as above

    if image.mode in DEEP:
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _painted(upright: "Image", side: int) -> Painted:
    from PIL import Image  # noqa: PLC0415 - as above

    small = Image.new("RGB", upright.size)  # a fresh one: nothing of the file's words comes along
    small.paste(upright)
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Painted(out.getvalue(), small.width, small.height)


def _refused(text: Message) -> FileRefused:
    return FileRefused("file", text)
