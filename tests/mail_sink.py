"""A real mail server for tests that takes what it is given, or misbehaves on a script."""

import asyncio
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import SMTP

OK = "250 OK"
CUT = "cut"  # close the line instead of answering
HANG = "hang"  # say nothing for longer than anybody waits
Script = Callable[[str, int], str]


@dataclass
class Sink:
    """What arrived, in order; `script` answers for a recipient and the count of his attempts."""

    script: Script = lambda _recipient, _attempt: OK
    at_recipient: Script = lambda _recipient, _attempt: OK
    pause: float = 0.0
    port: int = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    attempts: dict[str, int] = field(default_factory=dict)
    connections: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.arrived]

    def wait_for(self, count: int, *, seconds: float = 60) -> bool:
        """Whether so many mails have arrived in time."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.arrived) >= count, timeout=seconds)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        session: Any,
        _envelope: Any,
        hostname: str,
        answers: list[str],
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return answers

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        _session: Any,
        envelope: Any,
        address: str,
        _options: list[str],
    ) -> str:
        self.attempts[address] = self.attempts.get(address, 0) + 1
        answer = await self._played(server, self.at_recipient(address, self.attempts[address]))
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        [recipient] = envelope.rcpt_tos
        await asyncio.sleep(self.pause)
        answer = self.script(recipient, self.attempts[recipient])
        if answer in {OK, CUT}:  # cut off here means: taken, but the 250 never arrives
            with self.changed:
                self.arrived.append(
                    message_from_bytes(envelope.original_content, policy=policy.default)
                )
                self.recipients.append(recipient)
                self.changed.notify_all()
        return await self._played(server, answer)

    async def _played(self, server: SMTP, answer: str) -> str:
        if answer == HANG:
            await asyncio.sleep(30)
        if answer == CUT:
            server.transport.abort()
        return answer if answer not in {CUT, HANG} else "421 gone"


@contextmanager
def mail_sink(**given: Any) -> Iterator[Sink]:
    """A running server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sink = Sink(**given, port=port)
    controller = Controller(sink, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
