"""Pages for organisers: deleting a person who asked for it, at all events and from the address
book."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.contacts.permissions import contact_for_organiser
from eventapp.contacts.queries.likely import namesakes_of
from eventapp.desk.farewell import farewell_to, gives_up
from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Refused
from eventapp.foundation.forms import ConfirmForm
from eventapp.invitations.permissions import invitation_for_organiser
from eventapp.invitations.queries import objects_to_mail
from eventapp.invitations.words import invitation_label
from eventapp.registrations.own_data.actions import erase_person
from eventapp.registrations.own_data.person_queries import Reach, Subject, entry_of
from eventapp.registrations.own_data.requests import Afterwards
from eventapp.registrations.permissions import main_guest_for_organiser
from eventapp.registrations.words import state_label

blueprint = Blueprint("erasing", __name__, url_prefix="/organise")
SEE_OTHER, CONFLICT = 303, 409


class EraseForm(ConfirmForm):
    """The button, and whether the person also said: never again."""

    never_again = BooleanField(
        _l("And never invite again"),
        description=_l(
            "Only a sealed mark of the address stays, which nobody can read. It is recognised when "
            "a list brings the address once more."
        ),
    )

    def afterwards(self) -> Afterwards:
        """What the tick says."""
        return Afterwards.NEVER_INVITED if self.never_again.data else Afterwards.OPEN


@blueprint.route("/contacts/<int:contact_id>/delete", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def contact(contact_id: int) -> ResponseReturnValue:
    """Everything about a contact."""
    found = contact_for_organiser(contact_id, current_host())
    return _asked(
        found,
        back=url_for("contacts_organiser.contact", contact_id=contact_id),
        then=url_for("contacts_organiser.address_book"),
    )


@blueprint.route("/<slug>/guests/<int:registration_id>/delete", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def guest(slug: str, registration_id: int) -> ResponseReturnValue:
    """Everything about a guest, who may be known from this registration only."""
    event = own_event(slug)
    found = main_guest_for_organiser(event, registration_id)
    return _asked(
        found,
        back=url_for("registrations_organiser.guest", slug=slug, registration_id=registration_id),
        then=url_for("registrations_organiser.guests", slug=slug),
        event=event,
        rail="guests",
    )


@blueprint.route("/<slug>/invitations/<int:invitation_id>/delete", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def invitation(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Everything about an invited person, who may be known from this invitation only."""
    event = own_event(slug)
    found = invitation_for_organiser(event, invitation_id)
    return _asked(
        found,
        back=url_for("registrations_organiser.invitation", slug=slug, invitation_id=invitation_id),
        then=url_for("registrations_organiser.replies", slug=slug),
        event=event,
        rail="invitations",
    )


def _asked(
    subject: Subject, *, back: str, then: str, event: Event | None = None, rail: str = "contacts"
) -> ResponseReturnValue:
    """What goes and what stays, with the button; `back` undoes nothing, `then` leads on."""
    form, status = EraseForm(), 200
    if form.validate_on_submit():
        try:
            erase_person(
                subject, reach=Reach.ALIKE, afterwards=form.afterwards(), by=current_account()
            )
        except Refused as problem:  # the page shows how things are now
            form.form_errors.append(str(problem.text))
            status = CONFLICT
        else:
            flash(_done(form.afterwards()), "success")
            return redirect(then, code=SEE_OTHER)
    page = render_template(
        "desk/organiser/erasing.html",
        event=event,
        rail=rail,
        form=form,
        gives_up=gives_up,
        state_label=state_label,
        invitation_label=invitation_label,
        back=back,
        **_shown(subject),
    )
    return make_response(page, status)


def _done(afterwards: Afterwards) -> str:
    if afterwards is Afterwards.NEVER_INVITED:
        return str(
            _(
                "The person is deleted, and everything that was stored about them. They are never "
                "invited again, not even after a new import."
            )
        )
    return str(_("The person is deleted, and everything that was stored about them."))


def _shown(subject: Subject) -> dict[str, Any]:
    """What goes and what stays, and who else may be meant."""
    farewell, entry = farewell_to(subject, Reach.ALIKE), entry_of(subject)
    person = farewell.person
    return {
        "farewell": farewell,
        "person": person,
        "known_as": person.known_as[0] if person.known_as else None,
        "entry": entry,
        "namesakes": namesakes_of(entry) if entry is not None else [],
        "objects": any(objects_to_mail(person.host_id, one) for one in person.emails),
    }
