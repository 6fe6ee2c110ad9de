"""A site for tests of the web server: says what it was asked for, slowly if asked to."""

import sys
import time
from threading import Barrier
from typing import Any

TOGETHER = Barrier(2)


def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """`/long` takes eight seconds; `/meet` answers two at a time, or fails after
    twenty; `/error` and `/exit` never answer."""
    path = environ["PATH_INFO"]
    environ["wsgi.input"].read()
    if path == "/long":
        time.sleep(8)
    if path == "/meet":
        TOGETHER.wait(20)
    if path == "/error":
        raise ValueError(path)
    if path == "/exit":
        sys.exit(1)
    body = path.encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
