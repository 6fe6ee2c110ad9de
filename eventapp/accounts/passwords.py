"""Passwords: hashed with argon2id, at least ten characters, not what everybody tries first."""

import re
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from eventapp.foundation.errors import Invalid
from eventapp.foundation.message import message

LEAST_LENGTH = 10
GREATEST_LENGTH = 256
LEAST_VARIETY = 5  # different characters
LEAST_WORD = 3  # shorter parts of a name are noise
COMMON_FILE = Path(__file__).parent / "common_passwords.txt"
DISGUISES = str.maketrans("@$!013457", "asioieast")
SEQUENCES = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertzuiopasdfghjklyxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qayxswedcvfrtgbnhzujmkiolp",
    "qazwsxedcrfvtgbyhnujmikolp",
)

# 19 MiB, two rounds, one lane: the least OWASP names, so that a few sign-ins at once stay small.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hashed(password: str) -> str:
    """What is stored instead of the password."""
    return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether the password is the stored one; takes as long where nothing is stored."""
    try:
        return _hasher.verify(stored or _nobodys_hash(), password) and bool(stored)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def expect_strong(password: str, *, known: tuple[str, ...] = (), field: str = "password") -> None:
    """Raise Invalid, beside `field`, for what is short or guessed first.

    `known` are words that others know about the person: name, address, organisation.
    """
    if len(password) < LEAST_LENGTH:
        raise Invalid(
            field,
            message(
                "Please use at least %(least)s characters. Several words in a row are fine.",
                least=LEAST_LENGTH,
            ),
        )
    if len(password) > GREATEST_LENGTH:
        raise Invalid(field, message("At most %(most)s characters, please.", most=GREATEST_LENGTH))
    if is_common(password) or _holds_only(password, known):
        raise Invalid(
            field,
            message(
                "This is one of the passwords that are tried first. Please choose another one."
            ),
        )


def is_common(password: str) -> bool:
    """Whether the password is a common word with trimmings, a sequence or a repetition."""
    plain = password.casefold()
    if len(set(plain)) < LEAST_VARIETY or _is_sequence(plain):
        return True
    forms = (plain, _core(plain), _core(_core(plain).translate(DISGUISES)))
    return any(_without_repetition(form) in _common_words() for form in forms)


def _core(text: str) -> str:
    """The word without digits and signs around it, and once instead of twice."""
    return _without_repetition(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text))


def _without_repetition(text: str) -> str:
    found = re.fullmatch(r"(.+?)\1+", text)
    return found[1] if found else text


def _is_sequence(text: str) -> bool:
    core = _without_repetition(text)
    return any(core in row or core in row[::-1] for row in SEQUENCES if len(core) > 1)


def _holds_only(password: str, known: tuple[str, ...]) -> bool:
    """Whether little is left of the password without the words that others know."""
    rest = password.casefold()
    for word in sorted(
        {part for text in known for part in re.split(r"\W+", text.casefold())},
        key=len,
        reverse=True,
    ):
        rest = rest.replace(word, "") if len(word) >= LEAST_WORD else rest
    return len(re.sub(r"[\W\d_]", "", rest)) < LEAST_WORD and rest != password.casefold()


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(COMMON_FILE.read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash("nobody signs in with this")
