"""What may stand in an `href` of texts that people typed: pages and mailboxes. Pure.

Forms check what is typed today; what lies in the database may be older, imported, or put there by
another way. So templates ask once more: whatever is not an address gives "", and no link.
"""

import re
from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https"})
_HOST = re.compile(r"[\w.-]+\.[\w-]{2,}")
_MAILBOX = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+@[\w-]+(?:\.[\w-]+)+")
_FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f\\\"'<>]")


def web_address(text: str | None) -> str:
    """The address if it leads to a page by http or https and hides no name in it; else ""."""
    if not text or _FORBIDDEN.search(text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return ""
    named = _HOST.fullmatch(host) is not None
    return text if parts.scheme in SCHEMES and named and "@" not in parts.netloc else ""


def mailto(email: str | None) -> str:
    """A link to write to one mailbox, without subject, copies or text; "" where it is none."""
    if not email or _MAILBOX.fullmatch(email) is None:
        return ""
    return f"mailto:{quote(email, safe='@!$*+-=^_`{|}~.')}"
