"""A small browser: keeps its connection and its cookies, finds CSRF tokens."""

import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

IDLE_SECONDS = 1
"""After this a browser takes a new connection: the server closes idle ones after two seconds."""
_FIELD = r'name="{}"[^>]*value="([^"]*)"'


@dataclass
class Answer:
    """Status, headers and body of one answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def csrf_token(self) -> str:
        """The token of the first form on the page."""
        return self.hidden("csrf_token")

    def hidden(self, name: str) -> str:
        """What the first field of this name on the page holds."""
        found = re.search(_FIELD.format(name), self.body.decode("utf-8", "replace"))
        return found[1] if found else ""


class Client:
    """One visitor; with an `address` they come through a proxy that tells it."""

    def __init__(self, port: int, address: str = "") -> None:
        self.always = {"Accept-Language": "de"} | ({"X-Forwarded-For": address} if address else {})
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.answered_at = time.monotonic()

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page; a header is given with underscores for hyphens."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self._ask(
            "POST", path, urlencode(fields), {"Content_Type": "application/x-www-form-urlencoded"}
        )

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        sent = self.always | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self.answered_at > IDLE_SECONDS:
            self.connection.close()
        self.connection.request(method, path, body, sent)
        raw = self.connection.getresponse()
        answer = Answer(raw.status, dict(raw.getheaders()), raw.read())
        self.answered_at = time.monotonic()
        for line in raw.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer
