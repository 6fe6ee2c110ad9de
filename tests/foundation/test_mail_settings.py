"""T-89: a start with mail settings that cannot work is refused in one line."""

import re

import pytest

from eventapp.foundation import tokens
from eventapp.foundation.mail_draft import envelope_sender
from eventapp.foundation.settings import UnsafeSettings, load_settings

KEY = "a key only for tests, forty characters long"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("smtp_url", "smtp://me:geheim@mail.example"),
        ("smtp_url", "mail.example"),
        ("mail_from", "nobody"),
        ("mail_from", "A <a@b.example>, B <b@b.example>"),
        ("mail_from", ""),
        ("queue_url", "amqp://queue.example"),
        ("bounce_url", "imap://me:geheim@mail.example/INBOX"),
        ("bounce_url", "pop3://me:geheim@mail.example"),
        ("bounce_address", "bounces"),
        ("bounce_address", "a@b.example, c@d.example"),
        ("mail_only_to", "alle"),
        ("mail_only_to", "@tests.example; eva@werk.example"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secrets(setting, value):
    with pytest.raises(UnsafeSettings) as refusal:
        load_settings(secret_key=KEY, **{setting: value})

    line = str(refusal.value)
    assert line.startswith(f"EVENTAPP_{setting.upper()}: ")
    assert "\n" not in line
    assert "geheim" not in line


def test_good_settings_are_taken():
    settings = load_settings(
        secret_key=KEY,
        smtp_url="smtps://me:geheim@mail.example",
        mail_from="Agentur Süd <post@agentur.example>",
    )

    assert settings.mail_from == "Agentur Süd <post@agentur.example>"
    assert "geheim" not in repr(settings)


def test_t80_a_test_system_writes_to_testers_only():
    settings = load_settings(
        secret_key=KEY,
        mail_only_to="@Agentur.example, eva@werk.example",
        smtp_url="smtp://127.0.0.1",
    )

    assert settings.lets_mail_to("Jan@agentur.example")
    assert settings.lets_mail_to("EVA@werk.example ")
    for other in ("jan@werk.example", "eva@sub.agentur.example", "x@agentur.example.org", ""):
        assert not settings.lets_mail_to(other)
    assert load_settings(secret_key=KEY).lets_mail_to("jan@werk.example")


def test_the_envelope_carries_the_number_of_the_mail_where_a_star_stands():
    tokens.configure([KEY])
    settings = load_settings(secret_key=KEY, bounce_address="bounces+*@agentur.example")

    assert re.fullmatch(r"bounces\+17-[0-9a-f]{16}@agentur\.example", envelope_sender(17, settings))
    assert envelope_sender(17, load_settings(secret_key=KEY, mail_from="A <a@b.example>")) == (
        "a@b.example"
    )
