"""T-89: a start with mail settings that cannot work is refused in one line."""

import pytest

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
