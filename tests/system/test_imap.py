"""Returned mails are read from a real IMAP server, and only those that are done are taken out."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from demo_site import free_port
from factories import make_contact, make_event
from flask import Flask
from returned_mails import report
from sqlalchemy import select
from world import ON_SQLITE

from eventapp.foundation.database import db, transaction
from eventapp.foundation.mail_states import MailState
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.return_box import LARGEST, BoxAway, opened, read_box_url
from eventapp.foundation.returns import unknown_returns
from eventapp.foundation.settings import SecretStr
from eventapp.invitations.actions import invite_person, take_in_undelivered
from eventapp.invitations.states import InvitationState

SECRET = "only-for-this-test"
PATIENCE_SECONDS = 60
CONFIG = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {own}
default_login_user = {own}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """A mailbox on a Dovecot of our own."""

    port: int

    @property
    def url(self) -> str:
        """As it stands in the settings."""
        return f"imap://bounces:{SECRET}@127.0.0.1:{self.port}/INBOX"

    def line(self) -> imaplib.IMAP4:
        """Signed in, past our own code."""
        line = imaplib.IMAP4("127.0.0.1", self.port)
        line.login("bounces", SECRET)
        return line

    def put(self, *messages: bytes) -> None:
        """Let messages arrive."""
        line = self.line()
        for message in messages:
            line.append("INBOX", "", None, message.replace(b"\n", b"\r\n"))
        line.logout()

    def unseen(self) -> tuple[int, int]:
        """(how many lie there, how many of them nobody has read)."""
        line = self.line()
        _state, (count,) = line.select("INBOX", readonly=True)
        _state, (unseen,) = line.search(None, "UNSEEN")
        line.logout()
        return int(count), len(unseen.split())


def _mail_user() -> pwd.struct_passwd:
    """Whose mails they are: never root's, which Dovecot refuses."""
    return pwd.getpwnam("nobody" if os.geteuid() == 0 else getpass.getuser())


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    folder, port, user = tmp_path_factory.mktemp("dovecot"), free_port(), _mail_user()
    for parent in (folder, *folder.parents):
        with suppress(PermissionError):
            if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
    (folder / "mail").mkdir()
    if os.geteuid() == 0:
        os.chown(folder / "mail", user.pw_uid, user.pw_gid)
        own = "dovecot" if _is_user("dovecot") else "nobody"
    else:
        own = user.pw_name
    config = folder / "dovecot.conf"
    group = _group_of(own)
    config.write_text(
        CONFIG.format(
            folder=folder, port=port, secret=SECRET, own=own, group=group,
            uid=user.pw_uid, gid=user.pw_gid,
        )
    )  # fmt: skip
    process = subprocess.Popen([program, "-F", "-c", str(config)])
    try:
        found = Mailbox(port)
        _wait(found, folder / "dovecot.log")
        yield found
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _is_user(name: str) -> bool:
    return any(one.pw_name == name for one in pwd.getpwall())


def _group_of(name: str) -> str:
    return grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name


def _wait(mailbox: Mailbox, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            mailbox.line().logout()
        except (OSError, imaplib.IMAP4.error):
            if time.monotonic() > deadline:
                pytest.fail(log.read_text() if log.exists() else "dovecot does not answer")
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def app_with_box(app: Flask, mailbox: Mailbox, monkeypatch) -> Flask:
    changed = replace(app.config["SETTINGS"], bounce_url=SecretStr(mailbox.url))
    monkeypatch.setitem(app.config, "SETTINGS", changed)
    return app


@ON_SQLITE
def test_what_came_back_is_marked_and_taken_out_and_the_rest_is_left_unread(app_with_box, mailbox):
    event = make_event()
    invitation = invite_person(event, make_contact(event.host, email="eva@werk.example"), by="test")
    with transaction():
        mail = db.session.scalars(select(OutboxMail)).one()
        mail.state = MailState.SENT
    mailbox.put(
        b"Subject: Hallo\nFrom: jan@werk.example\n\nEine Frage\n",
        report("eva@werk.example", mail.message_id) + b"x" * (2 * LARGEST),
        report("eva@werk.example", mail.message_id),
    )

    take_in_undelivered()
    take_in_undelivered()

    assert invitation.state is InvitationState.UNDELIVERABLE
    assert mail.state is MailState.RETURNED
    assert mailbox.unseen() == (1, 1)
    assert [row.subject for row in unknown_returns()] == ["Hallo"]


@ON_SQLITE
def test_a_wrong_password_or_mailbox_is_said_without_the_password(app, mailbox):
    for url in (
        f"imap://bounces:falsch@127.0.0.1:{mailbox.port}/INBOX",
        f"imap://bounces:{SECRET}@127.0.0.1:{mailbox.port}/Gibt%20es%20nicht",
    ):
        with pytest.raises(BoxAway) as refusal, opened(read_box_url(url)):
            pass
        assert SECRET not in str(refusal.value)
        assert "falsch" not in str(refusal.value)
