"""Who is signed in, for which host organisation, and what that allows.

Higher slices ask here: `current_account()`, `current_membership()`, `current_host()` for the page's
person.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from werkzeug.wrappers import Response

from eventapp.accounts import queries
from eventapp.accounts.errors import DeadLink
from eventapp.accounts.models import Account, HostOrganisation, Membership, SignInSession
from eventapp.accounts.states import ORGANISERS, Role
from eventapp.accounts.welcome_links import welcoming_team
from eventapp.foundation import clock, sessions
from eventapp.foundation.access import Access
from eventapp.foundation.errors import NotAllowed, found
from eventapp.foundation.tokens import LinkKind, public_id_of, verify

IDLE_LIMIT = timedelta(hours=12)  # an event's day, with a lunch break
ABSOLUTE_LIMIT = timedelta(days=7)
NO_ROW_GENERATION = 1


@dataclass(frozen=True)
class SignedIn:
    """A person in a signed-in browser, as Flask-Login wants to see people."""

    secret: str
    session: SignInSession
    membership: Membership
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie carries: the session's secret, never the account's id."""
        return self.secret

    @property
    def account(self) -> Account:
        """Whose browser it is."""
        return self.session.account

    @property
    def name(self) -> str:
        """How the person is called on the page."""
        return self.session.account.name

    @property
    def locale(self) -> str:
        """The language the person reads."""
        return self.session.account.locale

    @property
    def host(self) -> HostOrganisation:
        """The organisation for which the person works now."""
        return self.membership.host

    @property
    def role(self) -> Role:
        """The person's role there."""
        return self.membership.role


def secret_hash(secret: str) -> str:
    """What the database keeps of a session's secret."""
    return sha256(secret.encode()).hexdigest()


def person_by_secret(secret: str) -> SignedIn | None:
    """The person behind a cookie's secret, or None where the session is over."""
    session = queries.session_by_hash(secret_hash(secret))
    if session is None or not _is_alive(session):
        return None
    membership = membership_of(session.account, session.host_id)
    return SignedIn(secret, session, membership) if membership else None


def membership_of(account: Account, host_id: int | None) -> Membership | None:
    """The account's membership in a host organisation; where none is named, in the one that the
    person accepted first.

    None where the organisation has invited the person and they have not accepted.
    """
    accepted = memberships_in_force(account)
    return next((one for one in accepted if host_id is None or one.host_id == host_id), None)


def memberships_in_force(account: Account) -> list[Membership]:
    """The teams that the person has accepted to work in, the first one first."""
    accepted = [(one.accepted_at, one.id, one) for one in account.memberships if one.accepted_at]
    return [one for _at, _id, one in sorted(accepted, key=lambda row: row[:2])]


def home_membership(account: Account) -> Membership | None:
    """Where the account belongs: what it accepted first, else what it was invited to last.

    Who works nowhere yet, and signs in or chooses a password, thereby accepts that invitation.
    """
    pending = invitations_of(account)
    return membership_of(account, None) or (pending[-1] if pending else None)


def membership_at(account: Account, host_id: int) -> Membership | None:
    """The account's membership there; None as long as this browser works for another team."""
    person = current_person()
    if person is not None and person.host.id != host_id:
        return None
    return membership_of(account, host_id)


def works_elsewhere(membership: Membership) -> bool:
    """Whether the account works for another organisation too; an invitation is not enough."""
    others = memberships_in_force(membership.account)
    return any(one.host_id != membership.host_id for one in others)


def invitations_of(account: Account) -> list[Membership]:
    """The memberships that the person has not accepted, the latest invitation last."""
    pending = [one for one in account.memberships if one.accepted_at is None]
    return sorted(pending, key=lambda one: (one.invited_at, one.id))


def own_team(account: Account, membership_id: int) -> Membership:
    """A team in which the person works. Raises NotFound for all others."""
    own = memberships_in_force(account)
    return found(next((one for one in own if one.id == membership_id), None))


def invitation_to(account: Account, membership_id: int) -> Membership:
    """An invitation that the person has not accepted. Raises NotFound for those of others."""
    return found(next((one for one in invitations_of(account) if one.id == membership_id), None))


def _is_alive(session: SignInSession) -> bool:
    now = clock.now()
    fresh = session.seen_at > now - IDLE_LIMIT and session.created_at > now - ABSOLUTE_LIMIT
    return fresh and session.account.disabled_at is None


def account_for_link(token: str) -> Account:
    """The account that this link opens. Raises DeadLink for every link that opens nothing.

    The signature is computed in any case, so that the time says nothing about the id.
    """
    public_id = public_id_of(token)
    account = queries.account_by_public_id(public_id) if public_id else None
    generation = account.link_generation if account else NO_ROW_GENERATION
    genuine = verify(token, LinkKind.ACCOUNT, generation)
    if account is None or account.disabled_at is not None or not account.memberships:
        raise DeadLink
    in_time = account.link_expires_at is not None and clock.now() < account.link_expires_at
    if not (genuine and in_time) and welcoming_team(account, token) is None:
        raise DeadLink
    return account


def team_behind(account: Account, token: str) -> Membership | None:
    """For which team a link speaks: the one whose welcome held it, else where they belong."""
    return welcoming_team(account, token) or home_membership(account)


def colleague_of(host: HostOrganisation, membership_id: int) -> Membership:
    """A membership in this organisation. Raises NotFound for those of others."""
    return found(queries.membership_in(host, membership_id))


def current_person() -> SignedIn | None:
    """The signed-in person of this request, or None."""
    person = sessions.current_person()
    return person if isinstance(person, SignedIn) else None


def here() -> SignedIn:
    """The signed-in person with their session. Raises NotAllowed for strangers."""
    person = current_person()
    if person is None:
        raise NotAllowed
    return person


def current_membership() -> Membership:
    """The membership under which the person works now. Raises NotAllowed for strangers."""
    return here().membership


def current_account() -> Account:
    """The signed-in account. Raises NotAllowed for strangers."""
    return current_membership().account


def current_host() -> HostOrganisation:
    """The host organisation for which the person works now. Raises NotAllowed for strangers."""
    return current_membership().host


def may_organise(membership: Membership) -> bool:
    """Whether the person may change invitations, programme, guests and the organisation's pages."""
    return membership.role in ORGANISERS


def may_see_needs(membership: Membership) -> bool:
    """Whether the person may know what support guests need: a right of its own, for organisers.

    Front desk and viewer never, even where they had the right in another role before.
    """
    return may_organise(membership) and membership.sees_needs


def may_see_needs_at(host_id: int) -> bool:
    """The same of the signed-in person, at the organisation whose event it is."""
    membership = membership_at(current_account(), host_id)
    return membership is not None and may_see_needs(membership)


def check_signed_in(access: Access) -> Response | None:
    """None to let the person in, the way to the sign-in page for strangers.

    Raises NotAllowed where none of the roles that the page asks for is theirs.
    """
    person = current_person()
    if person is None:
        return sessions.ask_to_sign_in()
    if not access.lets_in(person.role.value):
        raise NotAllowed
    return None


def may_open(access: Access | None) -> bool:
    """Whether the person of this request may ask for a page, so that no link leads to a refusal."""
    person = current_person()
    return access is not None and person is not None and access.lets_in(person.role.value)
