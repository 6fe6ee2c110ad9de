"""What a stored number looks like in a workbook: a day, a postcode with its zeros, or a number."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from xml.etree.ElementTree import Element

from eventapp.contacts.workbook_package import Package
from eventapp.contacts.workbook_sheet import Number

STYLES = "xl/styles.xml"
_NOT_DIGITS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PADDED = re.compile(r"0{2,}$")


def number_writer(package: Package, epoch: datetime) -> Number:
    """How the workbook's numbers read; `epoch` is the day from which it counts days."""
    # imported here: only who uploads a workbook needs it
    from openpyxl.styles.numbers import is_date_format  # noqa: PLC0415
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415

    codes = _format_codes(package)
    days = [is_date_format(code) for code in codes]
    widths = [_width(code) for code in codes]

    def write(text: str, style: int) -> str:
        if style >= len(codes):
            return plain_number(text)
        if days[style]:
            return _moment(from_excel(float(text), epoch), text)
        return plain_number(text).zfill(widths[style])

    return write


def _width(code: str) -> int:
    """How many digits a format demands: five for postcodes, none for most."""
    zeros = _PADDED.match(_NOT_DIGITS.sub("", code.partition(";")[0]))
    return zeros.end() if zeros else 0


def plain_number(text: str) -> str:
    """A number without ".0", not in powers of ten, with a comma as Germans write it."""
    if text.isdigit():
        return text
    try:
        number = float(text)
    except ValueError:
        return text  # a date in ISO form, or whatever a program wrote
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}".replace(".", ",")


def _moment(value: object, text: str) -> str:
    """A day, a time of day, or both; a number that is no date stays one."""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y" if value.time() == time() else "%d.%m.%Y %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value) if isinstance(value, timedelta) else plain_number(text)


def _format_codes(package: Package) -> list[str]:
    """The format code of each style, in the order in which cells name them."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - as above

    root = package.tree(STYLES)
    if root is None:
        return []
    own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in _all(root, "numFmt")}
    cells = next(_all(root, "cellXfs"), None)
    ids = [int(one.get("numFmtId", 0)) for one in cells] if cells is not None else []
    return [own.get(number, BUILTIN_FORMATS.get(number, "")) for number in ids]


def _all(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)
