"""What things with a name in two languages are called, as part of a statement."""

from typing import Any

from sqlalchemy import func

from eventapp.events.models import Event, Series
from eventapp.foundation.database import Model
from eventapp.foundation.i18n import LOCALES, current_locale
from eventapp.programme.models import Session, Slot
from eventapp.questions.models import Question

_CALLED: dict[type[Model], str] = {
    Event: "title",
    Session: "title",
    Slot: "name",
    Question: "label",
    Series: "name",
}


def in_both_languages() -> dict[type[Model], Any]:
    """The words by which each kind can be found, whatever the reader's language."""
    return {
        kind: getattr(kind, f"{name}_de") + " " + getattr(kind, f"{name}_en")
        for kind, name in _CALLED.items()
    }


def in_readers_language() -> dict[type[Model], Any]:
    """The column of each kind's name: in the reader's language, else in the other one."""
    own = current_locale()
    other = next(one for one in LOCALES if one != own)
    return {
        kind: func.coalesce(
            func.nullif(getattr(kind, f"{name}_{own}"), ""), getattr(kind, f"{name}_{other}")
        )
        for kind, name in _CALLED.items()
    }
