"""Whether the standards for mail allow an address.

Nearly all addresses are such that nothing has to be looked up to see it. The library that knows
every rule takes twenty times as long, and is asked about the others.
"""

import re

LONGEST_LABEL = 63
RESERVED = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})
"""Endings by which nothing is reached; the library knows what to say of them."""
_PLAIN = re.compile(
    r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?P<ending>[a-z]{2,24})",
    re.ASCII | re.IGNORECASE,
)


def is_by_the_book(address: str) -> bool:
    """By all rules there are, without asking whether the domain exists."""
    return is_plain(address) or _library_allows(address)


def is_plain(address: str) -> bool:
    """Whether it is surely one complete address; False says nothing."""
    found = _PLAIN.fullmatch(address) if len(address) <= LONGEST_LABEL else None
    return found is not None and found["ending"].lower() not in RESERVED


def _library_allows(address: str) -> bool:
    from email_validator import (  # noqa: PLC0415 - 40 ms of patterns, asked when one is typed
        EmailNotValidError,
        validate_email,
    )

    try:
        validate_email(
            address, check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except EmailNotValidError:
        return False
    return True
