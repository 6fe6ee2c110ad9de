"""A web server of ours, with an application that shows what it does: `small_site.py PORT`."""

import sys
import time
from pathlib import Path

from eventapp.cli.serving import Server, options


def application(environ, start_response):
    """Answers by its path."""
    path = environ["PATH_INFO"]
    if path == "/slow":
        time.sleep(1.5)
    if path == "/broken":
        raise RuntimeError("broken on purpose")
    headers = [("Content-Type", "text/plain")]
    start_response("200 OK", headers)
    if path == "/large":
        return (b"x" * 100_000 for _ in range(50))
    if path == "/file":
        return environ["wsgi.file_wrapper"](Path(__file__).open("rb"))
    body = environ["wsgi.input"].read()
    headers.append(("Content-Length", str(len(body) + 3)))
    return [b"ok\n", body]


class SmallSite(Server):
    """The server as `eventapp serve` starts it, around another application."""

    def load(self):
        """The application above."""
        return application


if __name__ == "__main__":
    SmallSite(options(f"127.0.0.1:{sys.argv[1]}", workers=1, threads=2)).run()
