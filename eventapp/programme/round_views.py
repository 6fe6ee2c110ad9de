"""Page for organisers: several talk rounds at once."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eventapp.accounts.permissions import current_account
from eventapp.accounts.states import ORGANISERS
from eventapp.events.permissions import own_event
from eventapp.foundation.access import signed_in
from eventapp.programme import actions, queries
from eventapp.programme.editing import LIST, show_entry
from eventapp.programme.forms import RoundsForm

blueprint = Blueprint("programme_rounds", __name__)


@blueprint.route("/organise/<slug>/programme/rounds", methods=["GET", "POST"])
@signed_in(*ORGANISERS)
def rounds(slug: str) -> ResponseReturnValue:
    """A slot and the rounds in it, in one form; what comes of it are drafts."""
    event = own_event(slug)
    form = RoundsForm(queries.programme_of(event))

    def add() -> None:
        actions.add_rounds(event, form.wanted_slot(), form.wanted_rounds(), by=current_account())

    count = len(form.rounds.meant)
    said = ngettext(
        "One talk round is added as a draft.", "%(num)s talk rounds are added as drafts.", count
    )
    return show_entry(event, "rounds", form, add, said=said, then=LIST, section="slots")
