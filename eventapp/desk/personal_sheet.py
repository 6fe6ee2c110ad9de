"""A guest's own page in two parts: what applies to many guests alike, and the words of this one."""

from typing import NamedTuple

from flask import current_app, get_template_attribute, render_template
from markupsafe import Markup

from eventapp.consents.models import Needs
from eventapp.consents.queries import needs_of
from eventapp.desk.front import big_day, heading_of
from eventapp.desk.personal import Standing, ToAnswer, Way, standing_of
from eventapp.desk.personal_consents import (
    GivenConsent,
    NeedsRow,
    consent_rows,
    given_consents,
    needs_row,
)
from eventapp.desk.phases import Phase
from eventapp.desk.queries import phase_of
from eventapp.events.models import Event
from eventapp.foundation import clock
from eventapp.foundation.form_guard import form_token
from eventapp.foundation.forms import CSRF, ConfirmForm
from eventapp.foundation.qr import qr_code_of_id
from eventapp.foundation.slots import Words, slot
from eventapp.questions.sheet import NOTHING_ASKED, Sheet
from eventapp.registrations.asked import guest_sheet
from eventapp.registrations.by_link_queries import Opened
from eventapp.registrations.front_door.opening import Opening, opening_of
from eventapp.registrations.front_door.prospects import prospect_of
from eventapp.registrations.heir_queries import proposal_of
from eventapp.registrations.kept_sheets import kept_sheet
from eventapp.registrations.models import Registration
from eventapp.registrations.party import PartySheet, party_sheet
from eventapp.registrations.permissions import (
    may_accept_offer,
    may_agree,
    may_answer,
    may_cancel,
    may_hand_over,
    may_return_to_line,
    needs_look,
)
from eventapp.registrations.queries import rank_of
from eventapp.registrations.states import RegistrationState
from eventapp.registrations.substitutions import (
    Kept,
    SubstituteAnswer,
    Substitution,
    may_change_mind,
    substitution_after,
    substitution_by,
)
from eventapp.registrations.waiting_rule import rule_sentences
from eventapp.speakers.permissions import contributor_token_for


class PersonalFacts(NamedTuple):
    """What the page depends on beside the event and the words of the guest."""

    state: RegistrationState
    phase: Phase
    companions: int
    has_organisation: bool
    may_accept_offer: bool
    may_return: bool
    may_cancel: bool
    may_take_back: bool
    proposes: bool
    may_register_again: bool
    hands_over_by: Way | None
    may_answer_again: bool
    substitute_left: bool
    place_is_kept: bool
    may_agree: bool
    consents: tuple[GivenConsent, ...]
    needs: NeedsRow | None


def personal_sheet(token: str, opened: Opened) -> str:
    """The page as the guest who opened it by this token sees it now."""
    registration = opened.registration
    asked = guest_sheet(registration) if opened.is_asked else NOTHING_ASKED
    needs = needs_of(registration.id) if opened.has_told_needs else None
    substitution = _substitution(registration)
    proposal = proposal_of(registration) if needs_look(registration) else None
    standing = standing_of(
        registration,
        rank_of(registration),
        to_answer=ToAnswer(len(asked.open), len(asked.due)),
        substitution=substitution,
    )
    return kept_sheet(
        _rendered,
        registration.event,
        _facts(registration, substitution, proposal, needs),
        _words(token, registration, standing, asked, proposal),
    )


def _rendered(event: Event, facts: PersonalFacts) -> str:
    return render_template(
        "desk/personal_page.html",
        slot=slot,
        facts=facts,
        event=event,
        heading=heading_of(event),
        day=big_day(event),
        consents=consent_rows(facts.consents, may_agree=facts.may_agree),
        form=ConfirmForm(formdata=None).for_anybody(),
        rule_sentences=rule_sentences,
        base_url=str(current_app.config["SETTINGS"].base_url),
    )


def _words(
    token: str,
    registration: Registration,
    standing: Standing,
    asked: Sheet,
    proposal: Registration | None,
) -> Words:
    """What is the guest's alone, by the names of the slots."""
    party = party_sheet(registration)
    invitation, public_id = registration.invitation, registration.public_id
    return {
        CSRF: form_token,
        "token": lambda: token,
        "current": lambda: registration.token,
        "invitation": lambda: invitation.token if invitation else "",
        "sentence": lambda: standing.sentence,
        "explanation": lambda: standing.explanation,
        "next": lambda: f" {standing.next}" if standing.next else "",
        "name": lambda: registration.full_name,
        "organisation": lambda: registration.organisation_name,
        "number": lambda: registration.number,
        "companions": lambda: party.words,
        "substitute": lambda: proposal.full_name if proposal else "",
        "party": lambda: _party_part(party, token),
        "contributes": lambda: _contributor_part(registration),
        "questions": lambda: _questions_part(asked, token),
        "codesize": lambda: qr_code_of_id(public_id).size,
        "codepath": lambda: qr_code_of_id(public_id).path,
    }


def _party_part(party: PartySheet, token: str) -> str:
    if not party.is_shown:
        return ""
    part = render_template("registrations/party/part.html", party=party, token=token)
    return Markup(part)  # noqa: S704 - a template of ours, which escapes what it shows


def _contributor_part(registration: Registration) -> str:
    """The way to the other page of who contributes as well."""
    token = contributor_token_for(registration)
    if not token:
        return ""
    part: str = get_template_attribute("speakers/way.html", "to_contributors_page")(token)
    return part


def _questions_part(asked: Sheet, token: str) -> str:
    if not asked.questions and not asked.known:
        return ""
    part: str = get_template_attribute("questions/lines.html", "on_personal_page")(asked, token)
    return part


def _facts(
    registration: Registration,
    substitution: Substitution | None,
    proposal: Registration | None,
    needs: Needs | None,
) -> PersonalFacts:
    """What the guest can do, and where they can go; None and False for each way that is closed."""
    return PersonalFacts(
        state=registration.state,
        phase=phase_of(registration.event),
        companions=len(registration.company),
        has_organisation=bool(registration.organisation_name),
        may_accept_offer=may_accept_offer(registration),
        may_return=may_return_to_line(registration),
        may_cancel=may_cancel(registration),
        may_take_back=may_change_mind(registration, substitution),
        proposes=proposal is not None,
        may_register_again=_may_register_again(registration, substitution),
        hands_over_by=_way_to_hand_over(registration, substitution),
        may_answer_again=_may_answer_again(registration, substitution),
        substitute_left=substitution is not None and substitution.answer is SubstituteAnswer.LEFT,
        place_is_kept=substitution is not None and substitution.kept is Kept.PLACE,
        may_agree=may_agree(registration),
        consents=given_consents(registration),
        needs=needs_row(registration, needs),
    )


def _substitution(registration: Registration) -> Substitution | None:
    """How things stand with whoever was named to come instead of this guest."""
    if registration.state is not RegistrationState.REPLACED:
        return None
    invitation = registration.invitation
    return substitution_by(invitation) if invitation else substitution_after(registration)


def _way_to_hand_over(registration: Registration, substitution: Substitution | None) -> Way | None:
    """Where the guest names somebody to come instead, also another one while there is no answer."""
    if registration.invitation is not None:
        return Way.ANSWER if may_hand_over(registration) else None
    may = may_hand_over(registration) or may_change_mind(registration, substitution)
    return Way.OWN_PAGE if may else None


def _may_register_again(registration: Registration, substitution: Substitution | None) -> bool:
    """By the public form, empty, who was not invited and has cancelled, or for whom nobody comes
    any more, while it is open."""
    event, invited = registration.event, registration.invitation is not None
    left = substitution is not None and substitution.has_ended
    gone = registration.state is RegistrationState.CANCELLED or left
    if invited or not gone or opening_of(event) is not Opening.OPEN:
        return False
    return prospect_of(event, clock.now()).is_open


def _may_answer_again(registration: Registration, substitution: Substitution | None) -> bool:
    """Whether an invited guest who cancelled, or whose substitute may not come, thinks again."""
    invitation = registration.invitation
    if substitution is not None and substitution.answer is SubstituteAnswer.COMES:
        return False
    if registration.is_live or may_return_to_line(registration):
        return False
    return invitation is not None and may_answer(invitation)
