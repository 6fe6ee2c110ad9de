"""The history of an organisation: searched, paged, in words."""

import ast
import re
from dataclasses import fields
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from factories import (
    make_account,
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_registration,
    make_venue,
    moment,
)
from statements import statement_count

from eventapp.accounts.audit import GUEST, SYSTEM, record_change
from eventapp.accounts.host_actions import HostSettings, LegalTexts
from eventapp.accounts.models import AuditEntry
from eventapp.contacts.actions.people import ContactChange
from eventapp.desk import trail_words
from eventapp.desk.feed_words import BY_COLLEAGUE, BY_ITSELF, NAMED, PROGRAMME, RANKS, SILENT
from eventapp.desk.listings import TRAIL
from eventapp.desk.trail_field_words import FIELDS, value_label
from eventapp.desk.trail_queries import NamesNow, TrailFilter
from eventapp.desk.trail_reading import HIDDEN, differences
from eventapp.edges import LISTINGS
from eventapp.events.actions import changes as event_changes
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction
from eventapp.foundation.i18n import use_locale
from eventapp.foundation.listing import FILTER_NAMES
from eventapp.invitations.states import INVITATION_ARROWS, InvitationState
from eventapp.notices.models import Notice
from eventapp.notices.states import NoticeKind
from eventapp.programme.actions import changes as programme_changes
from eventapp.questions.actions.changes import COLUMNS as QUESTION_COLUMNS
from eventapp.registrations.actions import cancel_registration
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.trail import STEP_WORDS, trail_of_contact

GERMAN = {"Accept-Language": "de"}
CHANGES = [
    event_changes.BasicsChange,
    event_changes.DatesChange,
    event_changes.TextsChange,
    event_changes.NoticesChange,
    event_changes.VenueChange,
    event_changes.RoomChange,
    event_changes.PartnerChange,
    programme_changes.SessionChange,
    programme_changes.SlotChange,
    programme_changes.ContributorChange,
]
NOTHING = NamesNow({}, {})
NOON = moment("2027-05-03T12:00:00")


@pytest.fixture
def host(organiser):
    return organiser.memberships[0].host


@pytest.fixture
def event(host):
    return make_event(host, title_de="Fachimpuls „Wärme“")


def note(actor, action, subject, **given):
    with transaction():
        record_change(actor, action, subject, **given)
    return db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()


def read(client, **query):
    page = client.get("/organise/history", query_string=query, headers=GERMAN)
    assert page.status_code == 200
    return page.text.partition("<main")[2]


def test_an_entry_says_who_did_what_to_what_from_what_to_what_and_why(
    client, organiser, host, event
):
    guest = make_registration(event, first_name="Änne", last_name="Größe")
    with clock.held(NOON):
        note(
            organiser,
            "registration.cancelled",
            guest,
            scope=event.scope,
            host_id=host.id,
            before={"state": "confirmed"},
            after={"state": "cancelled"},
            reason="Zug fällt aus",
        )
    page = read(client)

    for words in (
        "03.05.2027, 14:00 Uhr",
        organiser.name,
        "Anmeldung storniert",
        "Änne Größe",
        "Fachimpuls „Wärme“",
        "<del><bdi>bestätigt</bdi></del>",
        "<ins><bdi>storniert</bdi></ins>",
        "Zug fällt aus",
    ):
        assert words in page


@pytest.mark.parametrize(
    "query", [{"q": "groesse"}, {"q": "Zug"}, {"q": "Wagner"}, {"action": "registration.cancelled"}]
)
def test_it_is_found_by_thing_reason_person_and_step(client, host, event, query):
    guest = make_registration(event, first_name="Änne", last_name="Größe")
    wagner = make_account(host, name="Klaus Wagner")
    note(wagner, "registration.cancelled", guest, host_id=host.id, reason="Zug fällt aus")
    note(GUEST, "contact.added", make_contact(host), host_id=host.id)

    page = read(client, **query)

    assert "Änne Größe" in page
    assert 'class="history"' in page
    assert page.count("<li>") - page.count("page=") == 1


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2027-05-03", "2027-05-03", True),
        ("2027-05-04", "", False),
        ("", "2027-05-02", False),
        ("2027-05-02", "", True),
        ("nonsense", "2027-99-99", True),
        ("0001-01-01", "9999-12-31", True),
    ],
)
def test_days_are_those_of_the_wall_clock(client, host, event, since, until, found):
    with clock.held(moment("2027-05-02T22:30:00")):  # half past midnight in Berlin
        note(GUEST, "event.changed", event)

    page = read(client, since=since, until=until)

    assert ("Einstellungen der Veranstaltung geändert</b>" in page) is found


def test_one_thing_s_own_history(client, host, event):
    first, second = make_registration(event), make_registration(event)
    for guest in (first, second):
        note(GUEST, "registration.confirmed", guest, host_id=host.id)

    page = read(client, subject=f"registration:{first.id}")

    assert first.last_name in page
    assert second.last_name not in page


@pytest.mark.parametrize("subject", ["registration:x", "nothing:1", ":", "a:b:c", "'--:1"])
def test_t27_a_strange_subject_finds_nothing_and_breaks_nothing(client, host, event, subject):
    note(GUEST, "event.changed", event)

    read(client, subject=subject)


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'"])
def test_t27_signs_of_the_database_are_letters(client, host, event, sign):
    note(GUEST, "event.changed", event, reason="ohne")

    assert 'class="history"' not in read(client, q=sign + sign)


def test_the_history_of_others_is_not_shown(client, organiser, event):
    stranger = make_account(make_host(), name="Frau Fremd")
    note(
        stranger,
        "host.changed",
        stranger.memberships[0].host,
        host_id=stranger.memberships[0].host_id,
    )

    assert "Fremd" not in read(client)


def test_diet_and_access_never_get_in(client, organiser, host, event):
    guest = make_registration(event)
    entry = note(
        organiser,
        "registration.cancelled",
        guest,
        host_id=host.id,
        after={"diet": "vegan", "access": "Rollstuhl", "state": "cancelled"},
    )

    assert entry.after == {"state": "cancelled"}
    assert "vegan" not in read(client)


def test_a_step_without_words_shows_its_mark(client, host, event):
    note(GUEST, "event.shaken", event)

    assert "event.shaken" in read(client)


def test_a_thing_that_is_gone_keeps_its_history(client, organiser, host):
    contact = make_contact(host)
    note(organiser, "contact.removed", contact, before={"name": "Weg Damit"})
    with transaction():
        db.session.delete(contact)

    assert "Weg Damit" in read(client)


def test_many_entries_come_in_pages_at_the_same_cost(client, organiser, host, event):
    def cost():
        with statement_count() as sent:
            client.get("/organise/history")
        return len(sent)

    for _ in range(3):
        note(organiser, "contact.added", make_contact(host))
    few = cost()
    for _ in range(60):
        note(organiser, "contact.added", make_contact(host))

    assert cost() == few
    assert "page=2" in read(client)


MARK = re.compile(r"[a-z_]+\.[a-z_]+")
PACKAGE = Path(trail_words.__file__).parents[1]


def marks_in(tree) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and MARK.fullmatch(node.value)
        and not node.value.endswith((".txt", ".html", ".csv"))
    }


def noted_by_actions() -> set[str]:
    """Whatever reads like a step in a module of actions, wherever it is handed to."""
    paths = [
        path
        for path in PACKAGE.rglob("*.py")
        if path.parent.name == "actions" or path.stem.endswith("actions")
    ]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    return set().union(*(marks_in(tree) for tree in trees))


def noted_elsewhere() -> set[str]:
    """What any call of `record_change` or `note…` is given by name."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(getattr(call, "func", None), "id", "")
            if isinstance(call, ast.Call) and called.startswith(("record_", "note")):
                found |= marks_in(call)
    return found


def noted_by_state() -> set[str]:
    """Invitations and registrations note the state that they come to."""
    invited = set().union(*INVITATION_ARROWS.values()) - {InvitationState.SENT}
    return {f"invitation.{state}" for state in invited} | {
        f"registration.{state}" for state in RegistrationState
    }


def test_every_step_that_code_notes_has_words():
    marks = noted_by_actions() | noted_elsewhere() | noted_by_state()

    assert len(marks) > 150
    assert sorted(marks - set(trail_words.ACTIONS)) == []


def test_every_sentence_of_the_feed_is_about_a_step_that_has_words():
    told = {*BY_COLLEAGUE, *BY_ITSELF, *NAMED, *RANKS, *SILENT, *PROGRAMME}

    assert sorted(told - set(trail_words.ACTIONS)) == []


def test_a_person_and_the_organisation_are_told_the_same_words():
    assert {name: trail_words.ACTIONS[name] for name in STEP_WORDS} == STEP_WORDS


def test_a_contact_that_was_merged_is_told_in_words(organiser, host):
    contact = make_contact(host)
    for mark in ("contact.merged", "contact.told_apart"):
        note(organiser, mark, contact)

    told = {str(step.what) for step in trail_of_contact(contact)}

    assert told == {"Kontakte zusammengeführt", "Kontakte als zwei Personen erkannt"}


def test_moments_and_days_read_like_others(client, organiser, host, event):
    note(
        organiser,
        "notice.changed",
        event,
        host_id=host.id,
        before={"due_at": moment("2027-05-03T12:00:00"), "reply_by_on": date(2027, 6, 10)},
        after={"due_at": moment("2027-12-24T07:30:00"), "reply_by_on": date(2027, 6, 12)},
    )

    page = read(client)

    assert "03.05.2027, 14:00 Uhr" in page
    assert "24.12.2027, 08:30 Uhr" in page
    assert "10.06.2027" in page
    assert "2027-" not in page.partition("<table")[2]


@pytest.mark.parametrize("kept", ["soon", "2027-13-40", "12:00"])
def test_what_is_no_moment_is_shown_as_it_is(app, kept):
    entry = AuditEntry(subject_kind="notice", before={}, after={"due_at": kept})

    assert [one.after for one in differences(entry, NOTHING)] == [kept]


def test_values_are_told_in_words_and_things_by_their_names(client, organiser, host, event):
    venue = make_venue(host, name="Alte Gießerei")
    note(
        organiser,
        "event.changed",
        event,
        scope=event.scope,
        before={
            "promotion": "automatic",
            "starts_at": "2027-06-24 13:30:00+00:00",
            "waiting_list": True,
            "reply_by_on": "2027-06-10",
            "venue_id": None,
        },
        after={
            "promotion": "manual",
            "starts_at": "2027-06-25 13:30:00+00:00",
            "waiting_list": False,
            "reply_by_on": "2027-06-11",
            "venue_id": venue.id,
        },
    )
    page = read(client)

    for words in (
        "<del><bdi>wird von selbst der nächsten Person angeboten</bdi></del>",
        "<ins><bdi>wird von Hand angeboten</bdi></ins>",
        "25.06.2027, 15:30 Uhr",
        "11.06.2027",
        "<del><bdi>ja</bdi></del>",
        "<ins><bdi>nein</bdi></ins>",
        "<ins><bdi>Alte Gießerei</bdi></ins>",
    ):
        assert words in page
    assert "13:30:00" not in page


def test_a_substitute_s_entry_names_whom_they_stand_for(client, host, event):
    guest = make_invitation(event, make_contact(host, first_name="Ada", last_name="Größe"))
    other = make_invitation(event, make_contact(host, first_name="Bo", last_name="Klein"))
    note(
        GUEST, "invitation.invited", other, scope=event.scope, host_id=host.id,
        after={"substitute_for": guest.id},
    )  # fmt: skip
    page = read(client)

    assert "Ada Größe" in page
    assert f'href="/organise/{event.slug}/invitations/{other.id}"' in page


def test_a_reminder_has_the_name_that_its_page_gives_it(client, host, event):
    with transaction():
        rows = [Notice(event=event, kind=NoticeKind.REMINDER, due_at=clock.now()) for _ in range(2)]
        db.session.add_all(rows)
    note(SYSTEM, "notice.sent", rows[1], scope=event.scope, host_id=host.id)

    assert "Erinnerung 2" in read(client)


def test_a_list_taken_along_is_told_with_title_filter_and_columns(client, organiser, host, event):
    note(
        organiser, "list.exported", event, scope=event.scope,
        after={"list": "guests", "filter": "group=confirmed, search=Müller",
               "columns": "last_name, city", "format": "xlsx", "purpose": "door"},
    )  # fmt: skip
    page = read(client)

    assert "Stand: Bestätigt, Gesucht: Müller" in page
    for mark in ("group=", "last_name", "xlsx<", ">door<", "<bdi>guests"):
        assert mark not in page


def test_what_the_home_offers_to_undo_is_offered_here_too(client, organiser, host, event):
    guest = make_registration(event, state=RegistrationState.CONFIRMED)
    cancel_registration(guest, by=organiser)
    page = read(client, event=event.slug)

    assert f"/organise/{event.slug}/undo/" in page
    assert ">Rückgängig machen</a>" in page


def test_the_history_of_one_event_keeps_the_event_s_navigation(client, host, event):
    note(GUEST, "event.changed", event, scope=event.scope, host_id=host.id)
    page = client.get("/organise/history", query_string={"event": event.slug}, headers=GERMAN)

    assert f'href="/organise/{event.slug}/guests"' in page.text


def test_the_file_has_the_rows_of_the_page(client, organiser, host, event):
    other = make_event(host)
    note(organiser, "event.changed", event, scope=event.scope)
    note(organiser, "event.changed", other, scope=other.scope)
    page = read(client, event=event.slug)
    way = re.search(r'href="(/organise/lists/history[^"]*)"', page)[1]

    taking = client.get(way, headers=GERMAN).text
    assert "Fachimpuls „Wärme“" in taking.partition("<main")[2]
    assert TRAIL.count(host, TrailFilter(scope=event.scope)) == 1
    assert f"event={event.slug}" in way


class Asking(dict):
    """An address that remembers what it was asked for."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return default


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: one.key)
def test_every_filter_of_a_list_goes_along_to_its_file(listing):
    asked = Asking()
    listing.asked(asked)

    assert asked.names <= FILTER_NAMES


NEVER_WRITTEN = {
    ("contact_import", "state"),
    ("legal_page", "kind"),
    ("organisation", "sector"),
    ("outbox_mail", "state"),
    ("slot", "state"),
}
"""Columns whose names other things write down; of these things nobody writes them."""
SUBJECTS = {mapper.class_.__tablename__: mapper.class_ for mapper in db.Model.registry.mappers}


def test_every_vocabulary_that_the_trail_keeps_is_in_words():
    """Each column of a fixed vocabulary that some step writes down, of everything it is about."""
    written = written_names()
    lacking = {
        (kind, name)
        for kind in trail_words.SUBJECTS
        for name, column in SUBJECTS[kind].__table__.columns.items()
        if name in written and issubclass(column.type.python_type, StrEnum)
        for value in column.type.python_type
        if value_label(kind, name, value) == value
    } - NEVER_WRITTEN

    assert lacking == set()


def written_names():
    """Every name under which code writes a value into `before` or `after`."""
    names = set()
    for change in (*CHANGES, ContactChange, HostSettings, LegalTexts):
        names |= {one.name for one in fields(change)}
    for path in Path(trail_words.__file__).parents[1].rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for given in call.keywords:
                    if given.arg in {"before", "after", "different"}:
                        names |= _keys(given.value)
    names -= {"joined_lists", "left_lists"}  # written as `lists`
    return names | {*QUESTION_COLUMNS, "state", "due_at", "people", "written", "condition"}


def _keys(written):
    return {
        key.value
        for part in ast.walk(written)
        if isinstance(part, ast.Dict)
        for key in part.keys
        if isinstance(key, ast.Constant)
    }


def test_every_field_that_the_trail_keeps_has_a_name():
    assert sorted(written_names() - set(FIELDS) - HIDDEN) == []


def test_words_are_given_once_each():
    words = [str(one) for one in trail_words.ACTIONS.values()]

    assert len(set(words)) == len(words)


def test_a_kind_of_session_is_told_in_the_reader_s_language(app):
    entry = AuditEntry(
        subject_kind="session", before={"kind": "panel"}, after={"kind": "talk_round"}
    )
    with use_locale("de"):
        assert [(one.before, one.after) for one in differences(entry, NOTHING)] == [
            ("Podium", "Talk-Runde")
        ]


# ---- SQLite gives the number of the row that was deleted last to the next one --------------------


def former(kind, number, host, **given):
    """An entry about a thing that is gone, from a month before."""
    entry = AuditEntry(
        **{
            "at": clock.now() - timedelta(days=30),
            "actor": "Sönke Vaßholz",
            "action": "contact.removed",
            "subject_kind": kind,
            "subject_id": str(number),
            "host_id": host.id,
        }
        | given
    )
    with transaction():
        db.session.add(entry)
    return entry


def test_the_entry_of_a_thing_that_is_gone_gets_nobody_else_s_name(client, organiser, host):
    contact = make_contact(host, last_name="Nachfolgerin")
    former("contact", contact.id, host)
    note(organiser, "contact.changed", contact)

    page = read(client).partition('class="history"')[2]

    assert page.count("Nachfolgerin</bdi>") == 1
    assert page.index("Nachfolgerin") < page.index("Kontakt entfernt")


def test_the_entry_of_an_event_that_is_gone_stands_under_no_other(client, organiser, host, event):
    former("session", 77, host, action="session.deleted", scope=event.scope)

    assert "Wärme" not in read(client).partition('class="history"')[2]
    assert "Sönke Vaßholz" not in read(client, event=event.slug).partition("</form>")[2]


def test_the_history_of_a_contact_begins_with_the_contact(client, organiser, host):
    contact = make_contact(host)
    former("contact", contact.id, host, reason="Vorgängerin")

    assert "Vorgängerin" not in client.get(f"/organise/contacts/{contact.id}/history").text


def test_the_history_of_a_guest_and_of_an_invitation_begins_with_them(
    client, organiser, host, event
):
    invitation = make_invitation(event)
    guest = make_registration(event)
    former("invitation", invitation.id, host, reason="Vorgängerin", scope=event.scope)
    former("registration", guest.id, host, reason="Vorgängerin", scope=event.scope)

    for way in (f"invitations/{invitation.id}", f"guests/{guest.id}"):
        assert "Vorgängerin" not in client.get(f"/organise/{event.slug}/{way}").text


def test_nothing_is_offered_to_be_undone_that_was_done_to_another(client, organiser, host, event):
    with transaction():
        event.created_at = clock.now() - timedelta(days=40)
    invitation = make_invitation(event)
    former(
        "invitation", invitation.id, host, action="invitation.withdrawn", scope=event.scope,
        account_id=organiser.id, before={"state": "sent"}, after={"state": "withdrawn"},
        at=clock.now() - timedelta(hours=1),
    )  # fmt: skip

    for way in (f"/organise/{event.slug}/invitations/{invitation.id}", f"/organise/{event.slug}/"):
        assert "/undo/" not in client.get(way).text


def test_looks_at_the_needs_of_an_event_that_is_gone_are_not_told(client, organiser, host, event):
    with transaction():
        organiser.memberships[0].sees_needs = True
    former("event", event.id, host, action="needs.seen", actor="Vorgänger", scope=event.scope)

    assert "Vorgänger" not in client.get(f"/organise/{event.slug}/needs").text
