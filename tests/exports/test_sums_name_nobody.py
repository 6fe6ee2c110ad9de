"""Sums are of crowds: no filter makes them speak of one person (domain 2.3, invariant 15)."""

import pytest
from exports.taking import rows_of, take
from factories import make_account, make_event, make_registration
from registrations.needs_support import give_needs

from eventapp.accounts.states import Role


@pytest.mark.parametrize("asked", ["q=erika", "group=cancelled", "sector=press", "q=A-0001"])
@pytest.mark.parametrize("kind", ["catering", "evidence"])
def test_t01_no_filter_singles_a_person_out(client, sign_in, kind, asked):
    account = make_account(role=Role.VIEWER)
    event = make_event(account.memberships[0].host)
    give_needs(make_registration(event, first_name="Erika"), diet="glutenfrei")
    give_needs(make_registration(event, first_name="Jan"), diet="vegan")
    sign_in(client, account)
    page = f"/organise/{event.slug}/lists/{kind}"

    narrowed, whole = rows_of(take(client, f"{page}?{asked}")), rows_of(take(client, page))

    assert narrowed == whole
    assert whole[-1]["people"] == 2
