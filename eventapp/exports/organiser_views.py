"""The page on which people take a list along: one address a list.

Every list of the program gets the same page, so that no list can be taken without purpose and note.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventapp.accounts.models import HostOrganisation, Membership
from eventapp.accounts.permissions import (
    current_account,
    current_host,
    current_membership,
    membership_of,
)
from eventapp.accounts.states import ORGANISERS
from eventapp.events.models import Event
from eventapp.events.permissions import event_for_colleague
from eventapp.exports import actions, queries
from eventapp.exports.actions import DEFAULT_ZONE, Taking, take_list
from eventapp.exports.catalogue import remember_listings
from eventapp.exports.forms import ColumnsChosen, KeepForm, TakeForm, version_in
from eventapp.exports.models import KeptColumns
from eventapp.exports.permissions import columns_for
from eventapp.exports.states import FileFormat
from eventapp.foundation import clock
from eventapp.foundation.access import signed_in
from eventapp.foundation.errors import Invalid, Stale, found
from eventapp.foundation.listing import FILTER_NAMES, AnyListing, Belongs, Concerns, Field, Purpose
from eventapp.foundation.text import slugify

MIMETYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv",
    FileFormat.JSON: "application/json",
}
SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422
BOTH = ["GET", "POST"]


@dataclass(frozen=True)
class Desk:
    """A list in front of the person who wants it: whose it is, and what may be taken of it."""

    listing: AnyListing
    family: Sequence[AnyListing]
    owner: HostOrganisation | Event
    membership: Membership

    @property
    def event(self) -> Event | None:
        """The event whose list it is, None for a list of the organisation."""
        return self.owner if isinstance(self.owner, Event) else None

    @property
    def host(self) -> HostOrganisation:
        """The organisation, for whose colleagues columns are kept."""
        return self.membership.host

    @property
    def fields(self) -> tuple[Field[object], ...]:
        """The columns that this person may take."""
        return columns_for(self.listing, self.membership)

    @property
    def needs(self) -> list[Field[object]]:
        """Those of them that tell about health: they come along only if somebody ticks them."""
        return [one for one in self.fields if one.concerns is Concerns.NEEDS]

    @property
    def may_keep(self) -> bool:
        """Whether columns are chosen and kept here; of a preset only what is left out is."""
        return self.membership.role in ORGANISERS and (
            not self.listing.family or not self.listing.begins
        )

    def address(self, listing: AnyListing, /, **values: Any) -> str:
        """Where a list of the family is taken along."""
        return address_of(listing, self.event, **values)


def address_of(listing: AnyListing, event: Event | None, /, **values: Any) -> str:
    """The address under which a list is taken along."""
    if listing.belongs is Belongs.HOST:
        return url_for(f"lists.{listing.key}", **values)
    return url_for(f"lists.{listing.key}", slug=found(event).slug, **values)


def list_blueprint(listings: Iterable[AnyListing]) -> Blueprint:
    """The pages of all lists; each is open to the roles that its list names."""
    every = list(listings)
    blueprint = Blueprint("lists", __name__)
    blueprint.add_app_template_global(filter_in_address)
    remember_listings(blueprint, every)
    for listing in every:
        family = [one for one in every if one.family and one.family == listing.family]
        start = "/organise/lists/" if listing.belongs is Belongs.HOST else "/organise/<slug>/lists/"
        blueprint.add_url_rule(
            start + listing.key, listing.key, _view_of(listing, family), methods=BOTH
        )
    return blueprint


def _view_of(
    listing: AnyListing, family: Sequence[AnyListing]
) -> Callable[..., ResponseReturnValue]:
    @signed_in(*listing.roles)
    def of_host() -> ResponseReturnValue:
        return _answer(Desk(listing, family, current_host(), current_membership()))

    @signed_in(*listing.roles)
    def of_event(slug: str) -> ResponseReturnValue:
        event = event_for_colleague(slug, current_account(), listing.roles)  # type: ignore[arg-type]  # roles are Roles
        membership = found(membership_of(current_account(), event.host_id))
        return _answer(Desk(listing.of(event), family, event, membership))

    return of_host if listing.belongs is Belongs.HOST else of_event


def _answer(desk: Desk) -> ResponseReturnValue:
    """The page; the file; or what keeping columns came to."""
    kept = _chosen_set(desk)
    form = TakeForm()
    form.prepare(desk.listing, request.args)
    if request.method == "GET":
        columns = ColumnsChosen(desk.fields, kept.columns if kept else desk.listing.usual_keys)
        return _page(desk, form, columns, kept)
    columns = ColumnsChosen.posted(desk.fields, request.form)
    if "move" in request.form:
        return _page(desk, form, columns, kept)
    if request.form.get("step") in ("keep", "change") and desk.may_keep:
        return _keep(desk, form, columns, kept)
    return _take(desk, form, columns, kept)


def _chosen_set(desk: Desk) -> KeptColumns | None:
    """The kept columns that the address names, if they are of this list."""
    if not desk.may_keep:
        return None
    kept_id = version_in(request.args.get("set"))
    kept = queries.kept_columns_by_id(desk.host, kept_id) if kept_id > 0 else None
    return kept if kept and kept.listing == desk.listing.key else None


def _take(
    desk: Desk, form: TakeForm, columns: ColumnsChosen, kept: KeptColumns | None
) -> ResponseReturnValue:
    sound = form.validate_on_submit()
    if not columns.ticked:
        form.form_errors.append(_("Please choose at least one column."))
    if not sound or form.form_errors:
        return _page(desk, form, columns, kept), UNPROCESSABLE
    taking = Taking(
        wanted=desk.listing.asked(request.args),
        choice=columns.choice(form.keep("order")),
        format=FileFormat(form.keep("format")),
        purpose=Purpose(form.keep("purpose")),
        note=form.keep("note"),
    )
    file = take_list(desk.listing, desk.owner, taking, by=current_account())
    return send_file(file, mimetype=MIMETYPES[taking.format], as_attachment=True,
                     download_name=_file_name(desk, taking.format))  # fmt: skip


def _file_name(desk: Desk, kind: FileFormat) -> str:
    """As in "licht-empfangsliste-2027-06-24.xlsx": whose list, which, taken on which day."""
    zone = desk.event.zone if desk.event else DEFAULT_ZONE
    title = slugify(str(desk.listing.title))
    return f"{desk.owner.slug}-{title}-{clock.today(zone):%Y-%m-%d}.{kind.value}"


def _keep(
    desk: Desk, form: TakeForm, columns: ColumnsChosen, kept: KeptColumns | None
) -> ResponseReturnValue:
    keeping, by = KeepForm(), current_account()
    try:
        if kept is not None and request.form.get("step") == "change":
            seen = version_in(request.form.get("version"))
            actions.change_columns(kept, desk.listing, columns.ticked, seen=seen, by=by)
        elif not keeping.validate_on_submit():
            return _page(desk, form, columns, kept, keeping=keeping), UNPROCESSABLE
        else:
            kept = actions.keep_columns(
                desk.host, desk.listing, keeping.keep("name"), columns.ticked, by=by
            )
    except Invalid as problem:
        keeping.refuse(problem)
        return _page(desk, form, columns, kept, keeping=keeping), UNPROCESSABLE
    except Stale:
        return _page(desk, form, columns, kept, stored=kept), CONFLICT
    flash(_("The columns are kept as “%(name)s”.", name=kept.name), "success")
    return redirect(_here(desk, set=kept.id), code=SEE_OTHER)


def _here(desk: Desk, **values: Any) -> str:
    """This page with the same filter."""
    return desk.address(desk.listing, **(filter_in_address() | values))


def _page(
    desk: Desk,
    form: TakeForm,
    columns: ColumnsChosen,
    kept: KeptColumns | None,
    *,
    keeping: KeepForm | None = None,
    stored: KeptColumns | None = None,
) -> str:
    listing = desk.listing
    wanted = listing.asked(request.args)
    takes = [one for one in desk.family if desk.membership.role in one.roles]
    return render_template(
        "exports/organiser/take.html",
        desk=desk,
        listing=listing,
        event=desk.event,
        form=form,
        columns=columns,
        keeping=keeping or KeepForm(formdata=None),
        kept=kept,
        stored=[str(one.heading) for one in listing.chosen(stored.columns)] if stored else None,
        sets=queries.kept_columns(desk.host, listing.key) if desk.may_keep else [],
        told=listing.told(desk.owner, wanted),
        count=listing.count(desk.owner, wanted),
        family=[(one, desk.address(one, **one.begins)) for one in takes],
        set_address=lambda kept_id: _here(desk, **({"set": kept_id} if kept_id else {})),
        rail=listing.rail,
    )


def filter_in_address() -> dict[str, str]:
    """What the address narrows a list down to, for the way from the page to the file and back."""
    return {name: value for name, value in request.args.items() if name in FILTER_NAMES and value}
