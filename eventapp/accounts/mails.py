"""Mails about the organisation's own pages."""

from dataclasses import dataclass

from eventapp.accounts.models import HostOrganisation
from eventapp.foundation.outbox import Address, base_url, queue_mail


@dataclass(frozen=True)
class BarrierReport:
    """What somebody could not use, where, and how to answer, if they want an answer."""

    message: str
    page: str
    email: str


def queue_barrier_report(host: HostOrganisation, report: BarrierReport) -> None:
    """Tell the organisation; its answer goes straight to the person who wrote."""
    queue_mail(
        to=Address(host.email, host.name),
        template="accounts/mail/barrier.txt",
        values={"report": report, "owner": host.name, "site": base_url(), "host": host.slug},
        locale="de",
        scope=f"host:{host.id}",
        reply_to=report.email or None,
    )
