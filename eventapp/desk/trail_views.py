"""The audit trail for organisers: who did what, to what, from what to what, why and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from eventapp.accounts.audit import NEVER_KEPT
from eventapp.accounts.models import AuditEntry
from eventapp.accounts.permissions import current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.desk import trail_queries as queries
from eventapp.desk.trail_queries import TrailFilter
from eventapp.desk.trail_words import (
    action_label,
    actor_label,
    field_label,
    subject_label,
    value_label,
)
from eventapp.foundation.access import signed_in
from eventapp.foundation.pages import page_number
from eventapp.foundation.text import clean
from eventapp.programme.content import CONTENT, UNDOES

blueprint = Blueprint("trail", __name__)
ZONE = "Europe/Berlin"
LONGEST_SEARCH = 200
LONGEST_VALUE = 160
HIDDEN = NEVER_KEPT | {CONTENT, UNDOES}
"""What the page leaves out: nobody's business, or written for the program."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changed: its name, what it was, what it became."""

    name: str
    before: str
    after: str


@blueprint.route("/organise/history")
@signed_in(*ORGANISERS)
def entries() -> str:
    """Every step in the organisation, newest first, with search and filters."""
    host = current_host()
    events = queries.event_titles(host.id)
    wanted = _filter({event.slug: scope for scope, event in events.items()})
    page = queries.entries(host.id, wanted, page_number(request.args.get("page")), zone=ZONE)
    taken = queries.actions_taken(host.id)
    return render_template(
        "desk/organiser/trail.html",
        page=page,
        wanted=wanted,
        names=queries.names_of(page.rows),
        events=events,
        choices=sorted(((one, str(action_label(one))) for one in taken), key=lambda one: one[1]),
        differences=differences,
        action_label=action_label,
        actor_label=actor_label,
        subject_label=subject_label,
        zone=ZONE,
        rail="trail",
    )


def differences(entry: AuditEntry) -> list[Difference]:
    """What changed, value by value; never what concerns nobody's eyes."""
    names = [name for name in {**entry.before, **entry.after} if name not in HIDDEN]
    return [
        Difference(
            str(field_label(name)),
            _shown(entry.subject_kind, name, entry.before),
            _shown(entry.subject_kind, name, entry.after),
        )
        for name in names
        if entry.before.get(name) != entry.after.get(name)
    ]


def _shown(kind: str, name: str, values: dict[str, Any]) -> str:
    value = values.get(name)
    text = "" if value is None else str(value_label(kind, name, str(value)))
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + " …"


def _filter(scopes: Mapping[str, str]) -> TrailFilter:
    """What the address asks for; `scopes` are those of the organisation's events by short name."""
    kind, _sep, number = request.args.get("subject", "").partition(":")
    return TrailFilter(
        search=clean(request.args.get("q", ""))[:LONGEST_SEARCH],
        action=clean(request.args.get("action", ""))[:LONGEST_SEARCH],
        subject=(clean(kind), clean(number)) if number else None,
        scope=scopes.get(request.args.get("event", ""), ""),
        since=_day("since"),
        until=_day("until"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
