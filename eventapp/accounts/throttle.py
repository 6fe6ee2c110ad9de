"""How long a sign-in must wait after failures: grows, but never locks the owner out for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from flask import request

from eventapp.foundation.text import mailbox

REMEMBERED = timedelta(hours=24)
LONGEST_WAIT_SECONDS = 300
FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 30  # an office shares one
FREE_PEOPLE_PER_ADDRESS = 200  # a whole town may share one, and each person is confirmed by mail
NETWORK_BITS = 64  # what one household gets of IPv6


@dataclass(frozen=True)
class Failures:
    """How often guessing failed under one key within the remembered time, and when last."""

    count: int
    last_at: datetime


def wait_seconds(failures: Failures | None, *, free: int, now: datetime) -> int:
    """Seconds until the next attempt is looked at: 0 for the first `free`, then 2, 4, 8 … 300."""
    if failures is None or failures.count < free:
        return 0
    delay = min(1 << min(failures.count - free + 1, 16), LONGEST_WAIT_SECONDS)
    passed = (now - failures.last_at).total_seconds()
    return max(0, ceil(delay - passed))


def account_key(email: str) -> str:
    """The key for guesses at one account, whether it exists or not; holds no address."""
    return f"account:{sha256(email.encode()).hexdigest()}"


def device_key(mark: str) -> str:
    """The key of a browser from which this account has signed in before."""
    return f"device:{sha256(mark.encode()).hexdigest()}"


def current_password_key(account_id: int) -> str:
    """The key for guesses at the current password by somebody who is signed in already."""
    return f"current:{account_id}"


def address_key(address: str) -> str:
    """The key for guesses from one address; of IPv6 the network counts, as addresses are free.

    A server that listens to both sees IPv4 as ::ffff:…, which is one network for all the world.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return f"address:{parsed.ipv4_mapped}"
        return f"address:{ip_network((parsed, NETWORK_BITS), strict=False)}"
    return f"address:{parsed}"


def asker() -> str:
    """The key of whoever sends the current request."""
    return address_key(request.remote_addr or "")


def _box(email: str) -> str:
    """The mailbox behind an address: name+1@ and name+2@ fill the same one."""
    return sha256(mailbox(email).encode()).hexdigest()


def lost_link_keys(email: str, address: str) -> tuple[str, str]:
    """The keys for asking for one's links: of the mailbox that would be filled, and of the asker.

    Counted apart from sign-ins, so that guests and colleagues in one office do not meet.
    """
    return f"links:{_box(email)}", f"links:{address_key(address)}"


def register_keys(emails: Iterable[str], address: str) -> tuple[str, ...]:
    """The keys for registering: of every mailbox that gets a mail for it, and of who sends it.

    Both stand here once for each person, since each person is a mail: five colleagues who share one
    mailbox fill it five times.
    """
    boxes = sorted(f"register:{_box(email)}" for email in emails)
    return *boxes, *[f"register:{address_key(address)}"] * len(boxes)


def machine_key(address: str) -> str:
    """The key of forms from one address that look as if a program had filled them in."""
    return f"machine:{address_key(address)}"


def reset_keys(email: str, address: str) -> tuple[str, str]:
    """The keys for asking for a new password: of the mailbox that would be filled, and of who asks.

    The same for addresses that nobody has, so that the wait tells nothing.
    """
    return f"resets:{_box(email)}", f"resets:{address_key(address)}"


def new_address_keys(email: str, public_id: str) -> tuple[str, str]:
    """The keys for asking for a code to a new address: of that mailbox, and of the guest."""
    return f"moves:{_box(email)}", f"moves:{public_id}"


def new_address_code_key(public_id: str) -> str:
    """The key for guesses at such a code."""
    return f"movecode:{public_id}"


def code_key(account_id: int, device: str) -> str:
    """The key for guesses at the second factor by somebody who knows the password.

    A browser that this account has used before does not pay for strangers.
    """
    return f"code:{sha256(device.encode()).hexdigest()}" if device else f"code:{account_id}"


_FREE = (
    ("register:address:", FREE_PEOPLE_PER_ADDRESS),
    ("machine:address:", FREE_PER_ADDRESS),
    ("links:address:", FREE_PER_ADDRESS),
    ("resets:address:", FREE_PER_ADDRESS),
    ("address:", FREE_PER_ADDRESS),
)


def free_attempts(key: str) -> int:
    """How many failures under this key cost no wait."""
    return next((free for start, free in _FREE if key.startswith(start)), FREE_PER_ACCOUNT)
