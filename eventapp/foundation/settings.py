"""Settings from the environment, checked before anything starts."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from eventapp.foundation.mail_message import one_address, sender_address
from eventapp.foundation.mail_server import read_smtp_url
from eventapp.foundation.return_box import read_box_url

MINIMUM_KEY_LENGTH = 32
DEFAULT_PORTS = {"http": 80, "https": 443}
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
QUEUES = frozenset({"redis", "rediss", "postgresql", "postgres"})


class UnsafeSettings(Exception):
    """A setting is missing or unsafe; carries one line that says which and how to mend it."""


class Settings(BaseSettings):
    """What an installation may set; every name is prefixed with EVENTAPP_ in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="EVENTAPP_", extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Path("var")
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: SecretStr = SecretStr("")
    secret_key_fallbacks: list[SecretStr] = Field(default_factory=list)
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "eventapp <noreply@localhost.example>"
    mail_only_to: str = ""
    bounce_url: SecretStr = SecretStr("")
    bounce_address: str = ""
    queue_url: str = ""
    redis_url: str = ""
    trusted_proxies: int = 0
    default_locale: str = "de"
    demo: bool = False

    @field_validator("base_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        parts = urlsplit(url.rstrip("/"))
        plain = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or not plain:
            raise ValueError("must be an address like https://events.example.org")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        default = parts.port in {None, DEFAULT_PORTS[parts.scheme]}
        return f"{parts.scheme}://{host}" + ("" if default else f":{parts.port}")

    @field_validator("smtp_url")
    @classmethod
    def _usable_mail_server(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            read_smtp_url(url.get_secret_value())
        return url

    @field_validator("bounce_url")
    @classmethod
    def _usable_mailbox(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            read_box_url(url.get_secret_value())
        return url

    @field_validator("bounce_address")
    @classmethod
    def _one_bounce_address(cls, address: str) -> str:
        if address and one_address(address.replace("*", "1", 1)) is None:
            raise ValueError("must be like bounces@example.org or bounces+*@example.org")
        return address

    @field_validator("mail_only_to")
    @classmethod
    def _known_recipients(cls, text: str) -> str:
        if any(not _is_recipient(one) for one in _recipients(text)):
            raise ValueError("must be like @example.org or eva@example.org, with commas between")
        return text

    @field_validator("queue_url")
    @classmethod
    def _known_queue(cls, url: str) -> str:
        if url and urlsplit(url).scheme not in QUEUES:
            raise ValueError("must begin with redis:// or postgresql://, or be left out")
        return url

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, sender: str) -> str:
        sender_address(sender)
        return sender

    @field_validator("default_locale")
    @classmethod
    def _known_locale(cls, locale: str) -> str:
        if locale not in {"de", "en"}:
            raise ValueError("must be de or en")
        return locale

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
    try:
        settings = Settings(**given)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise UnsafeSettings(f"EVENTAPP_{name}: {first['msg']}") from problem
    if settings.on_this_machine and not settings.keys[0]:
        settings.secret_key = SecretStr(kept_secret(settings.data_dir))
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
