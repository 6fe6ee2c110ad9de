"""The casting board as organisers meet it: steps by button, forms that keep what was typed."""

import pytest
from factories import make_account, make_contribution, make_contributor, make_event, make_session

from eventapp.accounts.states import Role as Team
from eventapp.foundation.database import db
from eventapp.programme.casting.actions import still_to_ask
from eventapp.programme.casting.models import Candidate
from eventapp.programme.kinds import Role, SessionKind
from eventapp.programme.models import Contribution, Contributor
from eventapp.programme.states import ContributorState as C


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def panel(event):
    return make_session(event, kind=SessionKind.PANEL, title_de="Dorf und Stadt")


@pytest.fixture
def staff(app, event, sign_in):
    return sign_in(app.test_client(), make_account(event.host, Team.ORGANISER))


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}/programme/casting"


def seat(panel, state=C.PENCILLED, **person):
    return make_contribution(
        panel, make_contributor(panel.event, **person), Role.PANEL, state=state
    )


def state_of(part):
    db.session.expire_all()
    return db.session.get(Contribution, part.id).state


def test_a_step_is_one_click_and_comes_back_to_the_filter(staff, base, panel):
    part = seat(panel, C.ASKED)

    answer = staff.post(f"{base}/parts/{part.id}/step?stage=waiting", data={"state": "agreed"})

    assert answer.status_code == 303
    assert answer.location == f"{base}?stage=waiting#session-{panel.id}"
    assert state_of(part) is C.AGREED


@pytest.mark.parametrize("state", ["declined", "dropped_out", "nonsense", ""])
def test_a_step_that_needs_a_reason_or_is_none_is_refused(staff, base, panel, state):
    part = seat(panel, C.ASKED)

    assert staff.post(f"{base}/parts/{part.id}/step", data={"state": state}).status_code == 409
    assert state_of(part) is C.ASKED


def test_a_filter_from_elsewhere_leads_nowhere_else(staff, base, panel):
    """T-24."""
    part = seat(panel)

    answer = staff.post(
        f"{base}/parts/{part.id}/step?stage=//evil.example&person=1e9", data={"state": "asked"}
    )

    assert answer.location == f"{base}#session-{panel.id}"


def test_a_refusal_without_a_reason_is_asked_again(staff, base, panel):
    part = seat(panel, C.ASKED)

    answer = staff.post(f"{base}/parts/{part.id}/refusal", data={"reason": " "})

    assert (answer.status_code, state_of(part)) == (422, C.ASKED)
    assert "Bitte füllen Sie dieses Feld aus" in answer.text


def test_what_was_typed_of_somebody_new_stays_in_the_form(staff, base, panel):
    typed = {"role": "panel", "person": "new", "first_name": "Ada", "last_name": "",
             "email": "ada@werk.example", "form_of_address": "ms"}  # fmt: skip

    answer = staff.post(f"{base}/sessions/{panel.id}/people", data=typed)

    assert answer.status_code == 422
    assert 'value="ada@werk.example"' in answer.text
    assert db.session.query(Contributor).count() == 0


def test_who_is_there_already_is_refused_beside_the_field(staff, base, panel):
    part = seat(panel)
    typed = {"role": "panel", "person": str(part.contributor_id), "form_of_address": "none"}

    answer = staff.post(f"{base}/sessions/{panel.id}/people", data=typed)

    assert answer.status_code == 422
    assert "ist in dieser Rolle schon eingetragen" in answer.text


def test_a_request_overtaken_by_a_colleague_keeps_the_words(staff, base, panel):
    """T-52."""
    part = seat(panel)
    seen = still_to_ask(panel).seen
    seat(panel)
    day = panel.event.starts_on.isoformat()
    typed = {"seen": seen, "reply_by": day, "terms_de": "Reisekosten ja.", "go": "send"}

    answer = staff.post(f"{base}/sessions/{panel.id}/request", data=typed)

    assert (answer.status_code, state_of(part)) == (409, C.PENCILLED)
    assert "Reisekosten ja." in answer.text


def test_a_day_that_is_over_is_no_deadline(staff, base, panel):
    part = seat(panel)
    typed = {"seen": "", "reply_by": "2020-01-01", "terms_de": "x", "go": "send"}

    answer = staff.post(f"{base}/parts/{part.id}/request", data=typed)

    assert (answer.status_code, state_of(part)) == (422, C.PENCILLED)


def test_a_candidate_of_another_place_is_not_found(staff, base, panel):
    """T-01."""
    part, other = seat(panel), seat(panel)
    db.session.add(Candidate(contribution=other, contributor=part.contributor))
    db.session.commit()
    number = db.session.query(Candidate).one().id

    answer = staff.post(
        f"{base}/parts/{part.id}/candidates/arrange", data={"arrange": f"remove-{number}"}
    )

    assert answer.status_code == 404


def test_names_are_text_on_the_board(staff, base, panel):
    """T-20."""
    seat(panel, C.DECLINED, last_name="<script>x</script>", organisation_name="<b>Werk")

    page = staff.get(base).text

    assert "<script>x" not in page
    assert "<b>Werk" not in page


def test_papers_are_served_as_files(staff, base, panel):
    part = seat(panel, C.AGREED)

    for path in (f"people/{part.contributor_id}/briefing.pdf", f"sessions/{panel.id}/guide.pdf"):
        answer = staff.get(f"{base}/{path}")
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.data.startswith(b"%PDF")
