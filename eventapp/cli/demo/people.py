"""The demo's agency, its colleagues and contacts."""

from eventapp.accounts.actions import add_host
from eventapp.accounts.audit import SYSTEM
from eventapp.accounts.host_actions import HostSettings, save_host_settings
from eventapp.accounts.models import Account, HostOrganisation, Membership
from eventapp.accounts.passwords import hashed
from eventapp.accounts.queries import account_by_email, host_or_none
from eventapp.accounts.states import ORGANISERS, Role
from eventapp.cli.demo import files
from eventapp.contacts.actions import import_staged, stage_import
from eventapp.contacts.models import Contact
from eventapp.contacts.queries import contact_with_reference
from eventapp.foundation import clock
from eventapp.foundation.database import db, transaction

AGENCY = "Strukturagentur Südwestfalen (Demo)"
SLUG = "strukturagentur"
COLOUR = "oklch(45% 0.21 264)"
COLLEAGUES = {
    Role.ADMINISTRATOR: ("administrator@demo.example", "Dr. Silvana Öhlrichs-Amend"),
    Role.ORGANISER: ("organiser@demo.example", "Sönke Vaßholz"),
    Role.FRONTDESK: ("frontdesk@demo.example", "Levke Notizheimer"),
    Role.VIEWER: ("viewer@demo.example", "Holger Dachtenbrück"),
}


def is_loaded() -> bool:
    """Whether an earlier start has filled the database."""
    return host_or_none(SLUG) is not None


def load_agency(password: str) -> HostOrganisation:
    """The host organisation with one colleague for each role."""
    with transaction():
        host = add_host(AGENCY, SLUG)
        settings = HostSettings(
            name=AGENCY,
            colour=COLOUR,
            phone="0221 4710-100",
            email="post@strukturagentur-demo.example",
        )
        save_host_settings(host, settings, seen_version=host.version, actor=SYSTEM)
        secret = hashed(password)  # not checked for strength: the demo is for this machine alone
        for role, (email, name) in COLLEAGUES.items():
            account = Account(email=email, name=name, password_hash=secret)
            account.memberships.append(
                Membership(
                    host=host, role=role, sees_needs=role in ORGANISERS, accepted_at=clock.now()
                )
            )
            db.session.add(account)
    return host


def colleague(role: Role) -> Account:
    """The colleague who has this role."""
    account = account_by_email(COLLEAGUES[role][0])
    if account is None:
        raise LookupError(role)
    return account


def load_contacts(host: HostOrganisation) -> dict[str, Contact]:
    """Import the demo's contact list as an organiser would; contacts by their number."""
    content = files.text("contacts.csv").encode("utf-8-sig")
    staged = stage_import(host, filename="contacts.csv", content=content, actor=SYSTEM)
    import_staged(staged, actor=SYSTEM)
    found = (contact_with_reference(host.id, row["Kontakt-Nr."]) for row in files.rows("contacts"))
    return {contact.reference or "": contact for contact in found if contact is not None}
