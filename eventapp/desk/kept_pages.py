"""Public pages that were rendered once and are handed out again, in the memory of this process."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from flask import Response, request
from werkzeug.http import parse_etags

KEPT = 200
CACHING = "public, max-age=0, must-revalidate"
VARY = "Accept-Encoding, Accept-Language, Cookie"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page's bytes, plain and compressed, and the mark of its content."""

    mark: str
    plain: bytes
    compressed: bytes


_pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
_lock = Lock()


def known_page(key: Hashable) -> KeptPage | None:
    """The page of this key, if it has been rendered and not been forgotten since."""
    with _lock:
        page = _pages.get(key)
        if page is not None:
            _pages.move_to_end(key)
        return page


def kept_page(key: Hashable, render: Callable[[], str]) -> KeptPage:
    """The page of this key, rendered if nobody has asked for it before.

    A key names the content completely, so a kept page is never out of date; the mark is made of
    the content, so that all processes and releases agree on it.
    """
    known = known_page(key)
    if known is not None:
        return known
    page = page_of(render())
    with _lock:
        _pages[key] = page
        while len(_pages) > KEPT:
            _pages.popitem(last=False)
    return page


def page_of(text: str) -> KeptPage:
    """A page that was rendered, with its mark; not kept."""
    plain = text.encode("utf-8")
    mark = hashlib.blake2b(plain, digest_size=12).hexdigest()
    return KeptPage(mark, plain, gzip.compress(plain, 6, mtime=0))


def page_answer(page: KeptPage) -> Response:
    """The page in the form the browser takes, or 304 where it has it already."""
    accepts = request.headers.get("Accept-Encoding", "")
    headers = validators(page, accepts)
    if held_already(headers["ETag"], request.headers.get("If-None-Match")):
        return Response(status=304, headers=headers)
    packed = _takes_packed(accepts)
    response = Response(page.compressed if packed else page.plain, mimetype="text/html",
                        headers=headers)  # fmt: skip
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def validators(page: KeptPage, accepts: str) -> dict[str, str]:
    """What tells the browser, which takes these encodings, its version and what it depends on."""
    mark = f"{page.mark}-gz" if _takes_packed(accepts) else page.mark
    return {"ETag": f'"{mark}"', "Cache-Control": CACHING, "Vary": VARY}


def held_already(etag: str, held: str | None) -> bool:
    """Whether the browser has this version, by its header If-None-Match."""
    return held == etag or parse_etags(held).contains_weak(etag.strip('"'))


def _takes_packed(accepts: str) -> bool:
    return "gzip" in accepts


def forget_pages() -> None:
    """Forget everything, as a new process would."""
    with _lock:
        _pages.clear()
