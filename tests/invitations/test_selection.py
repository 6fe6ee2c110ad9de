"""Who on the lists is invited, and who is left out and why."""

from eventapp.invitations.selection import Candidate, Invited, LeftOut, Reason, select_recipients


def person(number: int, **given) -> Candidate:
    return Candidate(
        **{
            "contact_id": number,
            "name": f"Person {number}",
            "organisation": "",
            "email_key": f"p{number}@werk.example",
            "name_key": f"person {number}",
        }
        | given
    )


def test_everybody_reachable_is_invited_in_the_given_order():
    people = [person(2), person(1)]

    selection = select_recipients(people, invited=Invited())

    assert selection.chosen == (people[0], people[1])
    assert selection.left_out == ()


def test_each_left_out_person_has_one_reason():
    blocked = person(1, blocked=True, email_key="")
    again = person(2)
    silent = person(3, email_key="")
    bounced = person(4, undeliverable=True)

    selection = select_recipients(
        [blocked, again, silent, bounced], invited=Invited(contacts=frozenset({2}))
    )

    assert selection.chosen == ()
    assert selection.left_out == (
        LeftOut(blocked, Reason.BLOCKED),
        LeftOut(again, Reason.ALREADY_INVITED),
        LeftOut(silent, Reason.NO_EMAIL),
        LeftOut(bounced, Reason.UNDELIVERABLE),
    )


def test_two_entries_of_one_person_count_once():
    first = person(1, email_key="a@x.example", name_key="meier, eva")
    twin = person(2, email_key="a@x.example", name_key="meier, eva")

    selection = select_recipients([first, twin], invited=Invited())

    assert selection.chosen == (first,)
    assert selection.left_out_for(Reason.DUPLICATE) == (twin,)


def test_two_people_may_share_one_address():
    eva = person(1, email_key="info@x.example", name_key="meier, eva")
    jan = person(2, email_key="info@x.example", name_key="meier, jan")

    assert select_recipients([eva, jan], invited=Invited()).chosen == (eva, jan)


def test_a_person_invited_as_another_contact_is_a_duplicate():
    twin = person(2, email_key="a@x.example", name_key="meier, eva")
    invited = Invited(frozenset({1}), frozenset({("a@x.example", "meier, eva")}))

    selection = select_recipients([twin], invited=invited)

    assert selection.left_out == (LeftOut(twin, Reason.DUPLICATE),)
