"""The answer page in two parts: what applies to many guests alike, and the words of this one."""

from datetime import date, datetime
from typing import NamedTuple

from flask import render_template

from eventapp.events.models import Event
from eventapp.foundation.form_guard import form_token
from eventapp.foundation.forms import CSRF
from eventapp.foundation.i18n import current_locale
from eventapp.foundation.slots import slot
from eventapp.invitations.letters import salutation_for
from eventapp.invitations.models import Invitation
from eventapp.invitations.permissions import objection_token
from eventapp.registrations.answer_sheet import (
    AnswerSheet,
    Closed,
    Outcome,
    Standing,
    answer_sheet,
)
from eventapp.registrations.company_step import CompanyOffer, blank_step, company_offer
from eventapp.registrations.forms import AnswerForm
from eventapp.registrations.guest_pages import frame_of
from eventapp.registrations.kept_sheets import kept_sheet
from eventapp.registrations.substitutions import Kept


class Registered(NamedTuple):
    """What the page says of a live registration."""

    companions: int
    offered_until: datetime | None

    @property
    def company(self) -> range:
        """Stands for who comes along: the page says how many they are."""
        return range(self.companions)

    @property
    def token(self) -> str:
        """The way to the personal page."""
        return slot("personal")


class Person(NamedTuple):
    """Stands for whom the invitation is for."""

    name: str
    organisation_name: str


class AnswerFacts(NamedTuple):
    """What the page depends on beside the event and the words of the guest. For the template it is
    an `AnswerSheet` with slots."""

    standing: Standing
    outcome: Outcome
    deadline: date | None
    closed: Closed | None
    may_accept: bool
    may_decline: bool
    may_substitute: bool
    is_answered: bool
    kept: Kept
    registration: Registered | None
    names_substitute: bool
    names_guest: bool
    names_organisation: bool
    may_object: bool
    company: CompanyOffer | None

    @property
    def rank(self) -> str:
        """The place in line."""
        return slot("rank")

    @property
    def substitute(self) -> str:
        """Whom the guest named."""
        return slot("substitute") if self.names_substitute else ""

    @property
    def guest(self) -> str:
        """Who named this person."""
        return slot("guest") if self.names_guest else ""


def answer_page(invitation: Invitation) -> str:
    """The page as this guest sees it before saying anything, or anything else."""
    person, sheet = invitation.person, answer_sheet(invitation)
    objection = objection_token(invitation)
    live = sheet.registration
    words = {
        CSRF: form_token,
        "token": lambda: invitation.token,
        "personal": lambda: live.token if live else "",
        "objection": lambda: objection,
        "rank": lambda: sheet.rank,
        "substitute": lambda: sheet.substitute,
        "guest": lambda: sheet.guest,
        "salutation": lambda: salutation_for(person, current_locale()),
        "name": lambda: person.name,
        "organisation": lambda: person.organisation_name,
    }
    facts = _facts(invitation, sheet, may_object=objection is not None)
    return kept_sheet(_rendered, invitation.event, facts, words)


def _facts(invitation: Invitation, sheet: AnswerSheet, *, may_object: bool) -> AnswerFacts:
    live = sheet.registration
    return AnswerFacts(
        standing=sheet.standing,
        outcome=sheet.outcome,
        deadline=sheet.deadline,
        closed=sheet.closed,
        may_accept=sheet.may_accept,
        may_decline=sheet.may_decline,
        may_substitute=sheet.may_substitute,
        is_answered=sheet.is_answered,
        kept=sheet.kept,
        registration=Registered(len(live.company), live.offered_until) if live else None,
        names_substitute=bool(sheet.substitute),
        names_guest=bool(sheet.guest),
        names_organisation=bool(invitation.person.organisation_name),
        may_object=may_object,
        company=company_offer(invitation, sheet),
    )


def _rendered(event: Event, facts: AnswerFacts) -> str:
    organisation = slot("organisation") if facts.names_organisation else ""
    return render_template(
        "registrations/answer.html",
        form=AnswerForm(formdata=None).for_anybody(),
        person=Person(slot("name"), organisation),
        problems=None,
        sheet=facts,
        company=blank_step(facts.company),
        token=slot("token"),
        objection=slot("objection") if facts.may_object else None,
        salutation=slot("salutation"),
        **frame_of(event),
    )
