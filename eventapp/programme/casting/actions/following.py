"""What the casting does when a place changes hands in a session's form."""

from eventapp.foundation.database import db
from eventapp.programme.casting.errors import StillAList
from eventapp.programme.casting.queries import candidates_for
from eventapp.programme.models import Contribution
from eventapp.programme.signals import place_passes_on


@place_passes_on.connect
def hand_on_list(gone: Contribution, *, to: Contribution | None) -> None:
    """The list for a place goes to whoever has it now, as does whom they replace; nobody loses a
    list by accident. Raises StillAList."""
    candidates = candidates_for(gone)
    if to is None:
        if candidates:
            raise StillAList(gone.contributor.name, [one.contributor.name for one in candidates])
        return
    to.replaces_id = gone.replaces_id
    for one in candidates:
        if one.contributor is to.contributor:
            db.session.delete(one)
        else:
            one.contribution = to
