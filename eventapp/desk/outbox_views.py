"""The outbox for organisers: every mail with its parts, what became of it, and once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.permissions import current_account, current_host
from eventapp.accounts.states import ORGANISERS
from eventapp.desk import outbox_queries as queries
from eventapp.desk.outbox_actions import send_again
from eventapp.desk.outbox_groups import mail_filter
from eventapp.desk.outbox_reading import reading_of, words_of
from eventapp.desk.outbox_words import GROUP_WORDS, STATE_KINDS, STATE_WORDS, occasion
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_organiser
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import NotFound
from eventapp.foundation.http import LETTER_POLICY, as_letter
from eventapp.foundation.mail_states import MailState, may_become
from eventapp.foundation.outbox import OutboxMail
from eventapp.foundation.pages import page_number
from eventapp.foundation.return_reports import reason_in_words
from eventapp.foundation.returns import ReturnedMail, unknown_returns
from eventapp.foundation.settings import Settings
from eventapp.foundation.text import clean

blueprint = Blueprint("outbox", __name__)
DEFAULT_ZONE = "Europe/Berlin"
FOLLOW = "sandbox allow-popups allow-popups-to-escape-sandbox;"


@dataclass(frozen=True)
class Box:
    """Whose mails a page shows: one event's, or all of the organisation."""

    scopes: Sequence[str]
    event: Event | None = None

    @property
    def zone(self) -> str:
        """On whose wall clock times are shown."""
        return self.event.zone if self.event else DEFAULT_ZONE

    def address(self, page: str, **values: Any) -> str:
        """The address of a page of this box."""
        if self.event is None:
            return url_for(f"outbox.host_{page}", **values)
        return url_for(f"outbox.{page}", slug=self.event.slug, **values)

    def mail(self, public_id: str) -> OutboxMail:
        """A mail of this box. Raises NotFound for those of others."""
        found = queries.mail_by_public_id(self.scopes, public_id)
        if found is None:
            raise NotFound
        return found


def _event_box(slug: str) -> Box:
    event = event_for_organiser(slug, current_account())
    return Box([event.scope], event)


def _host_box() -> Box:
    return Box(queries.scopes_of_host(current_host().id))


@blueprint.route("/organise/<slug>/mails")
@signed_in(*ORGANISERS)
def mails(slug: str) -> str:
    """The mails of an event, newest first."""
    return _list_page(_event_box(slug))


@blueprint.route("/organise/<slug>/mails/<public_id>")
@signed_in(*ORGANISERS)
def mail(slug: str, public_id: str) -> str:
    """One mail of an event."""
    return _mail_page(_event_box(slug), public_id)


@blueprint.route("/organise/<slug>/mails/<public_id>/html")
@signed_in(*ORGANISERS)
def letter(slug: str, public_id: str) -> Response:
    """The HTML part, for a frame."""
    return _letter(_event_box(slug), public_id)


@blueprint.route("/organise/<slug>/mails/<public_id>/attachments/<int:number>")
@signed_in(*ORGANISERS)
def attachment(slug: str, public_id: str, number: int) -> Response:
    """An attached file, counting from 1."""
    return _attachment(_event_box(slug), public_id, number)


@blueprint.route("/organise/<slug>/mails/<public_id>/retry", methods=["POST"])
@signed_in(*ORGANISERS)
def retry(slug: str, public_id: str) -> ResponseReturnValue:
    """Try again at once."""
    return _retry(_event_box(slug), public_id)


@blueprint.route("/organise/mails")
@signed_in(*ORGANISERS)
def host_mails() -> str:
    """All mails of the organisation, newest first."""
    return _list_page(_host_box())


@blueprint.route("/organise/mails/<public_id>")
@signed_in(*ORGANISERS)
def host_mail(public_id: str) -> str:
    """One mail of the organisation."""
    return _mail_page(_host_box(), public_id)


@blueprint.route("/organise/mails/<public_id>/html")
@signed_in(*ORGANISERS)
def host_letter(public_id: str) -> Response:
    """The HTML part, for a frame."""
    return _letter(_host_box(), public_id)


@blueprint.route("/organise/mails/<public_id>/attachments/<int:number>")
@signed_in(*ORGANISERS)
def host_attachment(public_id: str, number: int) -> Response:
    """An attached file, counting from 1."""
    return _attachment(_host_box(), public_id, number)


@blueprint.route("/organise/mails/<public_id>/retry", methods=["POST"])
@signed_in(*ORGANISERS)
def host_retry(public_id: str) -> ResponseReturnValue:
    """Try again at once."""
    return _retry(_host_box(), public_id)


def _list_page(box: Box) -> str:
    wanted = mail_filter(request.args)
    return render_template(
        "desk/organiser/outbox.html", box=box, event=box.event, rail=_rail(box), wanted=wanted,
        page=queries.mails(box.scopes, wanted, page_number(request.args.get("page"))),
        counts=queries.mail_counts(box.scopes, wanted.search), group_words=GROUP_WORDS,
        sends=_sends(_settings()), unknown=_unknown_returns(box), **_words(),
    )  # fmt: skip


def _unknown_returns(box: Box) -> Sequence[ReturnedMail]:
    """Messages in the mailbox for returned mails that fit no mail; shown where nobody else's
    could be among them."""
    if box.event is not None or not queries.is_only_host():
        return []
    return unknown_returns()


def _mail_page(box: Box, public_id: str) -> str:
    shown = box.mail(public_id)
    reading = reading_of(shown, _settings())
    return render_template(
        "desk/organiser/mail.html", box=box, event=box.event, rail=_rail(box), mail=shown,
        reading=reading, files=[(one, words_of(one)) for one in reading.files],
        may_retry=shown.state is not MailState.INFLIGHT
        and may_become(shown.state, MailState.QUEUED),
        sender=_settings().mail_from, reason=reason_in_words(shown.last_error), **_words(),
    )  # fmt: skip


def _letter(box: Box, public_id: str) -> Response:
    shown = box.mail(public_id)
    if not shown.html:
        raise NotFound
    answer = as_letter(Response(reading_of(shown, _settings()).html, mimetype="text/html"))
    if _settings().demo:
        policy = LETTER_POLICY.replace("sandbox;", FOLLOW, 1)
        answer.headers["Content-Security-Policy"] = policy
    return answer


def _attachment(box: Box, public_id: str, number: int) -> Response:
    files = box.mail(public_id).files()
    if not 1 <= number <= len(files):
        raise NotFound
    file = files[number - 1]
    calendar = file.content_type == "text/calendar"
    kind = "text/calendar; charset=utf-8" if calendar else "application/octet-stream"
    answer = as_letter(Response(file.body, content_type=kind))
    answer.headers.set("Content-Disposition", "attachment", filename=clean(file.filename))
    return answer


def _retry(box: Box, public_id: str) -> ResponseReturnValue:
    send_again(box.mail(public_id), by=current_account())
    flash(_("The mail goes out again now."), "success")
    return redirect(box.address("mail", public_id=public_id), code=303)


def _words() -> dict[str, Any]:
    return {"state_words": STATE_WORDS, "state_kinds": STATE_KINDS, "occasion": occasion}


def _rail(box: Box) -> str:
    return "communication" if box.event else "mails"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _sends(settings: Settings) -> bool:
    return bool(settings.smtp_url.get_secret_value()) and not settings.demo
