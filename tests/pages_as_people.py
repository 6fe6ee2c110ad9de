"""Reading pages as browsers do: which elements they hold, which forms, which links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT_TYPES = {"text", "email", "tel", "url", "search", "password", "hidden", "textarea"}


@dataclass
class Form:
    """A form with what the page has filled in."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def texts(self) -> list[str]:
        """Names of the fields into which people type freely."""
        return [name for name, kind in self.kinds.items() if kind in TEXT_TYPES - {"hidden"}]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag == "form":
            self._open = Form(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._read_control(tag, values)

    def _read_control(self, tag, values):
        name = values.get("name", "")
        if tag == "input" and name:
            self._read_input(name, values)
        elif tag == "textarea" and name:
            self._area = name
            self._open.fields[name] = ""
            self._open.kinds[name] = "textarea"
        elif tag == "select" and name:
            self._select = name
            self._open.kinds[name] = "select"
        elif tag == "option" and self._select:
            first = self._select not in self._open.fields
            if first or "selected" in values:
                self._open.fields[self._select] = values.get("value", "")

    def _read_input(self, name, values):
        kind = values.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in values:
            return
        self._open.kinds[name] = kind
        self._open.fields[name] = values.get("value", "")

    def handle_data(self, data):
        if self._area:
            self._open.fields[self._area] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


def tags_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """All elements with their attributes, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.tags


def forms_of(html: str) -> list[Form]:
    """All forms with their fields as the page sends them."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
