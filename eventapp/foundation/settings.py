"""Settings from the environment, checked before anything starts."""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from eventapp.foundation.mail_message import one_address, sender_address
from eventapp.foundation.mail_server import read_smtp_url
from eventapp.foundation.return_box import read_box_url

MINIMUM_KEY_LENGTH = 32
DEFAULT_PORTS = {"http": 80, "https": 443}
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
YES = frozenset({"1", "true", "t", "yes", "y", "on"})
NO = frozenset({"0", "false", "f", "no", "n", "off"})
QUEUES = frozenset({"redis", "rediss", "postgresql", "postgres"})


class UnsafeSettings(Exception):
    """A setting is missing or unsafe; carries one line that says which and how to mend it."""


class SecretStr:
    """A text that shows itself to those only who ask for it: not in a log, not in a traceback."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self) -> str:
        """The text."""
        return self._text

    def __repr__(self) -> str:
        """Whether there is one."""
        return f"SecretStr({'**********' if self._text else ''!r})"

    __str__ = __repr__


NOTHING = SecretStr("")


@dataclass(frozen=True)
class Settings:
    """What an installation may set; every name is prefixed with EVENTAPP_ in the environment."""

    data_dir: Path = Path("var")
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: SecretStr = NOTHING
    secret_key_fallbacks: tuple[SecretStr, ...] = ()
    smtp_url: SecretStr = NOTHING
    mail_from: str = "eventapp <noreply@localhost.example>"
    mail_only_to: str = ""
    bounce_url: SecretStr = NOTHING
    bounce_address: str = ""
    queue_url: str = ""
    redis_url: str = ""
    trusted_proxies: int = 0
    default_locale: str = "de"
    demo: bool = False

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database; SQLite in the data folder by default."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'eventapp.db').absolute()}"
        for name in ("postgresql://", "postgres://"):
            if self.database_url.startswith(name):
                return "postgresql+psycopg://" + self.database_url.removeprefix(name)
        return self.database_url

    @property
    def keys(self) -> list[str]:
        """The signing key first, then the old ones that still verify."""
        return [key.get_secret_value() for key in (self.secret_key, *self.secret_key_fallbacks)]

    @property
    def mail_allowed_to(self) -> list[str]:
        """Addresses and domains ("@…") to which alone mails go; empty where they go to all."""
        return _recipients(self.mail_only_to)

    def lets_mail_to(self, email: str) -> bool:
        """Whether a mail to this address may leave: a test system writes to testers only."""
        allowed, address = self.mail_allowed_to, email.strip().lower()
        own = {address, f"@{address.rpartition('@')[2]}"}
        return not allowed or bool(own & set(allowed))

    @property
    def host(self) -> str:
        """The one host name (with port) under which this installation answers."""
        return urlsplit(self.base_url).netloc

    @property
    def on_this_machine(self) -> bool:
        """Whether only people at this machine come."""
        return urlsplit(self.base_url).hostname in THIS_MACHINE

    @property
    def over_https(self) -> bool:
        """Whether visitors come by https."""
        return self.base_url.startswith("https://")


def load_settings(**given: Any) -> Settings:
    """Read the environment; raises UnsafeSettings with one line that names the setting.

    On this machine alone a missing key is made and kept; a public installation must set its own.
    """
    named = {name.upper(): text for name, text in os.environ.items()}
    settings = _checked({**_in_environment(named), **given})
    if settings.on_this_machine and not settings.keys[0]:
        settings = replace(settings, secret_key=SecretStr(kept_secret(settings.data_dir)))
    if any(len(key) < MINIMUM_KEY_LENGTH for key in settings.keys):
        raise UnsafeSettings(
            f"EVENTAPP_SECRET_KEY must have at least {MINIMUM_KEY_LENGTH} characters; "
            "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if settings.demo and not settings.on_this_machine:
        raise UnsafeSettings("EVENTAPP_DEMO shows every link to organisers: for this machine only")
    if not settings.over_https and not settings.on_this_machine:
        raise UnsafeSettings("EVENTAPP_BASE_URL must begin with https:// outside this machine")
    return settings


def _in_environment(named: Mapping[str, str]) -> dict[str, str]:
    known = ((one.name, f"EVENTAPP_{one.name.upper()}") for one in fields(Settings))
    return {name: named[variable] for name, variable in known if variable in named}


def _checked(given: Mapping[str, Any]) -> Settings:
    """Settings from texts or values; raises UnsafeSettings with the name of the first bad one."""
    kinds = {one.name: type(one.default) for one in fields(Settings)}
    values: dict[str, Any] = {}
    for name, found in given.items():
        try:
            value = READERS[kinds[name]](found) if isinstance(found, str) else found
            values[name] = CHECKS[name](value) if name in CHECKS else value
        except ValueError as problem:
            raise UnsafeSettings(f"EVENTAPP_{name.upper()}: {problem}") from None
    return Settings(**values)


def _whole_number(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError("must be a whole number")
    return int(text)


def _yes_or_no(text: str) -> bool:
    if text.strip().lower() not in YES | NO:
        raise ValueError("must be true or false")
    return text.strip().lower() in YES


def _list_of_secrets(text: str) -> tuple[SecretStr, ...]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError('must be a list like ["one key", "another key"]')
    return tuple(map(SecretStr, found))


def _without_slash(url: str) -> str:
    parts = urlsplit(url.rstrip("/"))
    plain = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or not plain:
        raise ValueError("must be an address like https://events.example.org")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default = parts.port in {None, DEFAULT_PORTS[parts.scheme]}
    return f"{parts.scheme}://{host}" + ("" if default else f":{parts.port}")


def _usable_mail_server(url: SecretStr) -> SecretStr:
    if url.get_secret_value():
        read_smtp_url(url.get_secret_value())
    return url


def _usable_mailbox(url: SecretStr) -> SecretStr:
    if url.get_secret_value():
        read_box_url(url.get_secret_value())
    return url


def _one_bounce_address(address: str) -> str:
    if address and one_address(address.replace("*", "1", 1)) is None:
        raise ValueError("must be like bounces@example.org or bounces+*@example.org")
    return address


def _known_recipients(text: str) -> str:
    if any(not _is_recipient(one) for one in _recipients(text)):
        raise ValueError("must be like @example.org or eva@example.org, with commas between")
    return text


def _known_queue(url: str) -> str:
    if url and urlsplit(url).scheme not in QUEUES:
        raise ValueError("must begin with redis:// or postgresql://, or be left out")
    return url


def _one_sender(sender: str) -> str:
    sender_address(sender)
    return sender


def _known_locale(locale: str) -> str:
    if locale not in {"de", "en"}:
        raise ValueError("must be de or en")
    return locale


READERS: dict[type, Callable[[str], Any]] = {
    str: str,
    type(Settings.data_dir): Path,
    int: _whole_number,
    bool: _yes_or_no,
    SecretStr: SecretStr,
    tuple: _list_of_secrets,
}
CHECKS: dict[str, Callable[[Any], Any]] = {
    "base_url": _without_slash,
    "smtp_url": _usable_mail_server,
    "bounce_url": _usable_mailbox,
    "bounce_address": _one_bounce_address,
    "mail_only_to": _known_recipients,
    "queue_url": _known_queue,
    "mail_from": _one_sender,
    "default_locale": _known_locale,
}


def _recipients(text: str) -> list[str]:
    return [one.strip().lower() for one in text.split(",") if one.strip()]


def _is_recipient(text: str) -> bool:
    return one_address(f"x{text}" if text.startswith("@") else text) is not None


def kept_secret(folder: Path) -> str:
    """A random key that is made once and kept in the data folder, readable by its owner only."""
    file = folder / "secret.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_text(encoding="ascii").strip()
