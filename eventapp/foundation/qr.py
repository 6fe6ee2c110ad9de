"""QR codes as a path that a page can draw itself."""

import re
from dataclasses import dataclass

MASK = 2
"""Every reader takes any of the eight masks; this is the best one most often, and trying all of
them takes four times as long as drawing the code (ISO/IEC 18004, 7.8)."""

_DARK = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as an SVG path of one-unit strokes in a square of `size` units."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """The code for a text; never a Micro QR, which many cameras cannot read."""
    import segno  # noqa: PLC0415 - 30 ms that only the pages with a code need

    rows = segno.make_qr(text, error="m", mask=MASK).matrix
    strokes = (
        f"M{run.start()} {number}.5h{run.end() - run.start()}"
        for number, row in enumerate(rows)
        for run in _DARK.finditer(row)
    )
    return QrCode(path="".join(strokes), size=len(rows))
