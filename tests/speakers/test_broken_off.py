"""An upload that is slow and breaks off, against a real web server."""

import socket
import sys
import time
from pathlib import Path

import pytest
from factories import make_contribution, make_contributor, make_event, make_session
from registrations.test_rush import REAL, serving
from speakers.support import link

from eventapp.foundation.database import db
from eventapp.foundation.uploads import StoredFile, folder
from eventapp.programme.states import ContributorState

PROGRAM = [str(Path(sys.executable).parent / REAL)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_t39_an_upload_that_breaks_off_leaves_nothing_behind(app):
    """T-39: half a file, then the line is cut; no row, no file, and the server answers others."""
    part = make_contribution(
        make_session(make_event()), make_contributor(make_event()), state=ContributorState.ASKED
    )
    head = (
        f"POST {link(part)}/slides HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 9000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%%PDF-'
    )
    db.session.remove()

    with serving(app, PROGRAM, workers=1) as port:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall((head % port).encode())
                for _piece in range(5):
                    line.sendall(b"0" * 200_000)
                    time.sleep(0.05)
        time.sleep(1)
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert b"200" in line.recv(200)
        left = [one for one in folder().rglob("*") if one.is_file()]

    assert (db.session.query(StoredFile).count(), left) == (0, [])
