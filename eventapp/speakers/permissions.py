"""Who may see and say what. Strangers, and things of others: "not found"."""

from eventapp.events.models import Event
from eventapp.events.permissions import own_event
from eventapp.events.states import EventState
from eventapp.foundation import clock
from eventapp.foundation.errors import NotAllowed, NotFound, found
from eventapp.foundation.tokens import LinkKind, public_id_of, sign, verify
from eventapp.invitations.errors import UnknownLink
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.permissions import contributor_for_organiser
from eventapp.programme.states import CONTRIBUTOR_ARROWS, ContributorState
from eventapp.registrations.models import Registration
from eventapp.speakers import queries
from eventapp.speakers.guest_queries import contributor_behind
from eventapp.speakers.models import Portrait, Slides

NO_ROW_GENERATION = 1
ANSWERED = frozenset({ContributorState.AGREED, ContributorState.CONFIRMED})


def contributor_for_guest(token: str) -> Contributor:
    """Whose page this link opens. Raises UnknownLink for every link that opens nothing.

    The signature is computed in any case, so that the time says nothing about the id.
    """
    public_id = public_id_of(token)
    row = queries.contributor_by_public_id(public_id) if public_id else None
    generation = row.link_generation if row else NO_ROW_GENERATION
    genuine = verify(token, LinkKind.CONTRIBUTOR, generation)
    if row is None or not genuine:
        raise UnknownLink
    return row


def may_send_files(token: str) -> bool:
    """Whether somebody may send more than a form's worth of bytes to this address."""
    try:
        return may_hand_in(contributor_for_guest(token).event)
    except UnknownLink:
        return False


def may_send_files_for(slug: str, contributor_id: int) -> bool:
    """Whether the signed-in person may send files for this contributor: asked before a byte of a
    large body is read."""
    try:
        return contributor_for_organiser(own_event(slug), contributor_id) is not None
    except (NotAllowed, NotFound):
        return False


def token_of(contributor: Contributor) -> str:
    """What stands in the address of their page now."""
    return sign(LinkKind.CONTRIBUTOR, contributor.public_id, contributor.link_generation)


def contributor_token_for(registration: Registration) -> str:
    """What stands in the address of the page of a guest who contributes as well; "" for others."""
    row = contributor_behind(registration)
    return sign(LinkKind.CONTRIBUTOR, row.public_id, row.link_generation) if row else ""


def contribution_for_contributor(contributor: Contributor, number: int) -> Contribution:
    """A part that this very person was asked for. Raises NotFound for those of others."""
    return found(queries.contribution_of(contributor, number))


def slides_for_contributor(contributor: Contributor, number: int) -> Slides:
    """Slides of this very person. Raises NotFound for those of others."""
    return found(queries.slides_of_one(contributor, number))


def portrait_for_everybody(event: Event, public_id: str) -> Portrait:
    """A portrait that may be published now. Raises NotFound for others."""
    return found(queries.public_portrait(event, public_id))


def takes_place(event: Event) -> bool:
    """Whether there is still something to promise: the event is neither off nor over."""
    return event.state is not EventState.CANCELLED and clock.now() < event.ends_at


def may_agree(part: Contribution, event: Event) -> bool:
    """Whether the person can say yes now."""
    return part.state is ContributorState.ASKED and takes_place(event)


def may_give_up(part: Contribution, event: Event) -> bool:
    """Whether the person can say no now, or take a yes back."""
    steps = CONTRIBUTOR_ARROWS[part.state]
    no = {ContributorState.DECLINED, ContributorState.DROPPED_OUT}
    return bool(steps & no) and takes_place(event)


def may_hand_in(event: Event) -> bool:
    """Whether files and words are still taken: slides are often mended on the day after."""
    return event.state is not EventState.CANCELLED


def may_tell_travel(event: Event) -> bool:
    """Travel, times and diet: until the event begins."""
    return event.state is not EventState.CANCELLED and clock.now() < event.starts_at
