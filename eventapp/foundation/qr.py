"""QR codes as a path that a page can draw itself."""

import re
from dataclasses import dataclass
from functools import lru_cache

MASK = 2
"""Every reader takes any of the eight masks; this is the best one most often, and trying all of
them takes four times as long as drawing the code (ISO/IEC 18004, 7.8)."""

_DARK = re.compile("1+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as an SVG path of one-unit strokes in a square of `size` units."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """The code for a text; never a Micro QR, which many cameras cannot read."""
    dots, size = _drawn(text)
    return _as_path(dots, size)


def qr_code_of_id(text: str) -> QrCode:
    """The same for ASCII of a length that comes again and again, as ids do: 15 times as fast.

    A code of a certain length combines the bits of its text by XOR alone: error correction,
    placement and mask are linear over GF(2) (ISO/IEC 18004, 7.5 to 7.8). So it is the code of
    zeros, changed by what each bit that is set changes in it; that is asked of the library once.
    """
    changes, dots, size = _changes_by_bit(len(text))
    bits = int.from_bytes(text.encode("ascii"), "little")
    for change in changes:
        if bits & 1:
            dots ^= change
        bits >>= 1
    return _as_path(dots, size)


def _drawn(text: str) -> tuple[int, int]:
    """The dots, one bit each and row after row, and how many a row has."""
    import segno  # noqa: PLC0415 - 30 ms that only the pages with a code need

    rows = segno.make_qr(text, error="m", mask=MASK, mode="byte").matrix
    return int("".join(str(dot) for row in rows for dot in row), 2), len(rows)


@lru_cache(maxsize=4)
def _changes_by_bit(length: int) -> tuple[list[int], int, int]:
    """What each bit of a text changes in its code, first sign and lowest bit first; the dots of a
    text of zeros; and how many a row has. Takes 0.1 s."""
    zeros = "\0" * length
    blank, size = _drawn(zeros)
    changes = [
        _drawn(zeros[:place] + chr(1 << bit) + zeros[place + 1 :])[0] ^ blank if bit < 7 else 0
        for place in range(length)
        for bit in range(8)  # ASCII never sets the highest
    ]
    return changes, blank, size


def _as_path(dots: int, size: int) -> QrCode:
    line = f"{dots:0{size * size}b}"
    rows = [line[row * size : (row + 1) * size] for row in range(size)]
    strokes = [
        f"M{begin} {row}.5h{end - begin}"
        for row, signs in enumerate(rows)
        for begin, end in [run.span() for run in _DARK.finditer(signs)]
    ]
    return QrCode(path="".join(strokes), size=size)
