"""The page behind a link to confirm: what applies to many alike, and what this person entered."""

from typing import NamedTuple

from flask import get_template_attribute, render_template

from eventapp.consents.words import consent_label
from eventapp.events.models import Event
from eventapp.foundation.form_guard import form_token
from eventapp.foundation.forms import CSRF, ConfirmForm
from eventapp.foundation.slots import slot
from eventapp.questions.sheet import NOTHING_ASKED, Sheet
from eventapp.registrations.asked import entered_sheet
from eventapp.registrations.by_link_queries import Opened
from eventapp.registrations.front_door import actions
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.front_door.prospects import Prospect
from eventapp.registrations.guest_pages import frame_of
from eventapp.registrations.kept_sheets import kept_sheet
from eventapp.registrations.party import company_words


class ConfirmationFacts(NamedTuple):
    """What the page depends on beside the event and what was entered."""

    problem: str
    expired: bool
    opening: Opening
    prospect: Prospect | None
    has_company: bool
    has_organisation: bool
    has_answers: bool
    told: tuple[str, ...]


def confirmation_page(opened: Opened, problem: str) -> str:
    """The page as this person sees it now; `problem` is why confirming did not work, if any."""
    registration, company = opened.registration, opened.registration.company
    asked = entered_sheet(registration) if opened.is_asked else NOTHING_ASKED
    expired = actions.is_expired(registration)
    facts = ConfirmationFacts(
        problem=problem,
        expired=expired,
        opening=opening_of(registration.event),
        prospect=None if expired else actions.prospect_for(registration),
        has_company=bool(company),
        has_organisation=bool(registration.organisation_name),
        has_answers=bool(asked.lines),
        told=tuple(str(consent_label(one.kind)) for one in registration.consents),
    )
    words = {
        CSRF: form_token,
        "name": lambda: registration.full_name,
        "company": lambda: company_words(company),
        "organisation": lambda: registration.organisation_name,
        "city": lambda: registration.city,
        "email": lambda: registration.email,
        "answers": lambda: _answers_part(asked),
    }
    return kept_sheet(_rendered, registration.event, facts, words)


def _answers_part(asked: Sheet) -> str:
    part: str = get_template_attribute("questions/lines.html", "lines")(asked)
    return part


def _rendered(event: Event, facts: ConfirmationFacts) -> str:
    return render_template(
        "registrations/confirm.html",
        slot=slot,
        facts=facts,
        form=ConfirmForm(formdata=None).for_anybody(),
        **frame_of(event),
    )
