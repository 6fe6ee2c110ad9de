"""QR codes as a path that a page can draw itself."""

import io
from dataclasses import dataclass

MASK = 2
"""Every reader takes any of the eight masks; this is the best one most often, and trying all of
them takes four times as long as drawing the code (ISO/IEC 18004, 7.8)."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as an SVG path of one-unit strokes in a square of `size` units."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """The code for a text; never a Micro QR, which many cameras cannot read."""
    import segno  # noqa: PLC0415 - 30 ms that only the pages with a code need

    code = segno.make_qr(text, error="m", mask=MASK)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False, svgns=False, nl=False, omitsize=True)
    path = drawn.getvalue().decode("ascii").split(' d="', 1)[1].split('"', 1)[0]
    return QrCode(path=path, size=int(code.symbol_size(border=0)[0]))
