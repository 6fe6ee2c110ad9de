"""The texts of a workbook, which its cells name by number. Pure."""

from eventapp.contacts.workbook_package import Package

STRINGS = "xl/sharedStrings.xml"
_TEXT, _WHOLE, _ASIDE = "t", "si", "rPh"  # a piece of a text, a text, how it is pronounced


class _Reader:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._listens = False
        self._aside = 0

    def start(self, name: str, _given: dict[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(":")[2]
        if local == _WHOLE:
            self._pieces = []
        self._aside += local == _ASIDE
        self._listens = local == _TEXT and not self._aside

    def end(self, name: str) -> None:
        """An element is over."""
        local = name.rpartition(":")[2]
        if local == _WHOLE:
            self.found.append("".join(self._pieces))
        self._aside -= local == _ASIDE
        self._listens = False

    def text(self, text: str) -> None:
        """What stands in an element."""
        if self._listens:
            self._pieces.append(text)


def shared_strings(package: Package) -> list[str]:
    """The texts in the order of their numbers; how they are pronounced is left out."""
    reader = _Reader()
    if STRINGS in package.names:
        package.parse(STRINGS, reader.start, reader.end, reader.text)
    return reader.found
