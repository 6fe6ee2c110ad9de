"""What the tests of long contact lists share."""

from io import BytesIO
from typing import Any

from sqlalchemy import func, select

from eventapp.accounts.models import HostOrganisation
from eventapp.contacts.actions import stage_import
from eventapp.contacts.models import LONG_LIST, Contact, ContactImport
from eventapp.foundation.beside import wait_for_work
from eventapp.foundation.database import db

ROWS = LONG_LIST + 200


def upload(client, content):
    """Send a file by the form; returns where the answer leads."""
    data = {"file": (BytesIO(content), "liste.csv"), "target": "0"}
    return client.post("/organise/contacts/import", data=data).location


def a_long_list(rows: int = ROWS, *, faulty: int = 0) -> bytes:
    """A list as a file; the faulty rows are the last."""
    good = [f"A;Name{n};a{n}@werk.example" for n in range(rows - faulty)]
    bad = [f"A;Faul{n};keine-adresse-{n}" for n in range(faulty)]
    return "\n".join(["Vorname;Nachname;E-Mail", *good, *bad]).encode()


def stage(host: HostOrganisation, content: bytes | None = None) -> ContactImport:
    """The list after its upload; a long one if no other is given."""
    return stage_import(host, filename="liste.csv", content=content or a_long_list(), actor="test")


def settle() -> None:
    """Wait for all threads, and forget what was read before they were done."""
    wait_for_work(30)
    db.session.rollback()
    db.session.expire_all()


def finished(staged: ContactImport) -> ContactImport:
    """The row once all threads are done with it."""
    settle()
    return staged


def contacts() -> Any:
    """How many contacts there are."""
    return db.session.scalar(select(func.count()).select_from(Contact))
