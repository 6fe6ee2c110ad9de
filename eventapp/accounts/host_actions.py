"""What organisers can do with their organisation's settings and legal pages."""

from dataclasses import asdict, dataclass

from eventapp.accounts import queries
from eventapp.accounts.audit import Actor, record_change
from eventapp.accounts.mails import BarrierReport, queue_barrier_report
from eventapp.accounts.models import HostOrganisation, LegalPage
from eventapp.accounts.states import LegalKind
from eventapp.foundation.colour import BadColour, Palette, palette_for
from eventapp.foundation.database import db, lock, transaction
from eventapp.foundation.errors import Invalid, Refused, Stale
from eventapp.foundation.message import message


@dataclass(frozen=True)
class HostSettings:
    """What an organisation may set about itself."""

    name: str
    email: str
    phone: str
    colour: str


@dataclass(frozen=True)
class LegalTexts:
    """A legal page in both languages, Markdown."""

    body_de: str
    body_en: str


def checked_palette(colour: str) -> Palette:
    """The palette of a colour. Raises Invalid beside the field, with the reason in words."""
    try:
        return palette_for(colour)
    except BadColour as problem:
        raise Invalid("colour", problem.text) from problem


def save_host_settings(
    host: HostOrganisation, wanted: HostSettings, *, seen_version: int, actor: Actor
) -> None:
    """Change name, contact and colour. Raises Invalid for a colour, Stale if others were faster."""
    palette = checked_palette(wanted.colour)
    with transaction():
        lock(host)
        before = {name: getattr(host, name) for name in asdict(wanted)}
        _refuse_stale(host.version, seen_version, before, asdict(wanted))
        for name, value in asdict(wanted).items():
            setattr(host, name, value)
        host.palette = {"light": dict(palette.light), "dark": dict(palette.dark)}
        record_change(
            actor, "host.changed", host, host_id=host.id, before=before, after=asdict(wanted)
        )


def save_legal_page(
    host: HostOrganisation, kind: LegalKind, wanted: LegalTexts, *, seen_version: int, actor: Actor
) -> None:
    """Replace a legal page's texts. Raises Stale if somebody else has changed it meanwhile.

    `seen_version` is 0 for a page that nobody has saved yet.
    """
    with transaction():
        lock(host)  # the page may not exist yet, so rivals queue at the organisation
        page = queries.legal_page(host, kind)
        before = {"body_de": page.body_de, "body_en": page.body_en} if page else {}
        _refuse_stale(page.version if page else 0, seen_version, before, asdict(wanted))
        if page is None:
            page = LegalPage(host=host, kind=kind)
            db.session.add(page)
        page.body_de, page.body_en = wanted.body_de, wanted.body_en
        record_change(actor, "legal_page.changed", page, before=before, after=asdict(wanted))


def report_barrier(host: HostOrganisation, report: BarrierReport) -> None:
    """Tell the organisation what somebody could not use. Raises Refused if it has no address."""
    if not host.email:
        raise Refused(message("This organisation has not set an e-mail address yet."))
    with transaction():
        queue_barrier_report(host, report)


def _refuse_stale(current: int, seen: int, before: dict[str, str], wanted: dict[str, str]) -> None:
    if current != seen:
        raise Stale(
            {
                name: (before.get(name, ""), value)
                for name, value in wanted.items()
                if before.get(name, "") != value
            }
        )
