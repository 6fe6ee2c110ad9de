"""Pages for whoever wants no more mails: by the link at the foot of a mail, or in the mail program.

GET shows a page with one button; only POST does something. Mail programs post without a session
(RFC 8058), so this is the one form without our token: the link itself is the proof.
"""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.foundation.access import bearer
from eventapp.foundation.form_guard import csrf
from eventapp.invitations import actions
from eventapp.invitations.permissions import Objector, objector_with
from eventapp.registrations.forms import ObjectionForm, Reach
from eventapp.registrations.guest_pages import frame_of, guesses_limited

blueprint = Blueprint("registrations_objection", __name__)
SEE_OTHER = 303
UNPROCESSABLE = 422
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@blueprint.route("/u/<token>")
@bearer
@guesses_limited
def unsubscribe(token: str) -> str:
    """What one can object to, or what one has objected to already."""
    return _page(objector_with(token), ObjectionForm(formdata=None))


@blueprint.route("/u/<token>", methods=["POST"])
@bearer
@guesses_limited
def object_by_link(token: str) -> ResponseReturnValue:
    """Heed the objection; a mail program gets a plain answer, since it follows nothing."""
    objector = objector_with(token)
    if request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        actions.object_to_all(objector)
        return Response(_("Done.") + "\n", mimetype="text/plain")
    form = ObjectionForm()
    if not form.validate_on_submit():
        return _page(objector, form), UNPROCESSABLE
    if form.reach_chosen() is Reach.EVENT:
        actions.object_to_event(objector)
    else:
        actions.object_to_all(objector)
    return redirect(url_for(".unsubscribe", token=token), code=SEE_OTHER)


csrf.exempt(object_by_link)


def _page(objector: Objector, form: ObjectionForm) -> str:
    return render_template(
        "registrations/unsubscribe.html",
        **frame_of(objector.event),
        host=objector.event.host,
        form=form,
        objects_to_all=objector.objects_to_all,
        objects_to_event=objector.objects_to_event,
    )
