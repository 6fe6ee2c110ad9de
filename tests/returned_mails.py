"""Messages as mail servers send them back, and a mailbox in which they lie."""

from dataclasses import dataclass
from mailbox import Maildir
from pathlib import Path

OURS = "<0123456789abcdef0123456789abcdef@agentur.example>"

POSTFIX = """\
Return-Path: <>
Date: Mon, 14 Jun 2027 10:00:00 +0200
From: MAILER-DAEMON@mx.agentur.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A1B2"

--A1B2
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

<{recipient}>: host mx.werk.example said: {diagnostic}

--A1B2
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.agentur.example
X-Postfix-Queue-ID: 4C1D2E3F

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.werk.example
Diagnostic-Code: smtp; {diagnostic}

--A1B2
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Received: from web by mx.agentur.example; Mon, 14 Jun 2027 09:59:58 +0200
From: Agentur <post@agentur.example>
To: <{recipient}>
Subject: Einladung am 5.6.27
Message-ID: {message_id}

--A1B2--
"""

QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@mx.agentur.example
To: post@agentur.example
Subject: failure notice

Hi. This is the qmail-send program.

<{recipient}>:
192.0.2.7 does not like recipient.
Remote host said: {said}
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Return-Path: <post@agentur.example>
Message-ID: {message_id}
To: {recipient}
Subject: Einladung am 5.6.27

Guten Tag, kommen Sie am 5.6.27?
"""

REPLY = """\
From: Eva Sommer <eva@werk.example>
To: post@agentur.example
Subject: Re: Einladung
In-Reply-To: {message_id}

Vielen Dank, ich komme gern. Zimmer 5.1.1 ist im Erdgeschoss.
"""


def report(recipient: str, message_id: str = OURS, **given: str) -> bytes:
    """A report as Postfix writes it, about an address that does not exist unless told otherwise."""
    values = {
        "to": "post@agentur.example",
        "action": "failed",
        "status": "5.1.1",
        "diagnostic": "550 5.1.1 User unknown",
    } | given
    return POSTFIX.format(recipient=recipient, message_id=message_id, **values).encode()


@dataclass(frozen=True)
class Box:
    """A maildir of our own."""

    path: Path

    @property
    def url(self) -> str:
        """As it stands in the settings."""
        return f"maildir:{self.path}"

    def put(self, *messages: bytes) -> None:
        """Let messages arrive."""
        box = Maildir(str(self.path), create=True)
        for message in messages:
            box.add(message)

    def __len__(self) -> int:
        """How many messages lie there."""
        return len(Maildir(str(self.path), create=True))
