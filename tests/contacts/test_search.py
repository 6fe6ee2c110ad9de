"""Finding somebody in the address book: by words, by number, and never by accident."""

import pytest
from factories import make_contact, make_host, make_organisation
from statements import statement_count

from eventapp.contacts.addresses import phone_digits
from eventapp.contacts.queries import WhichContacts, contacts_page, organisations_page


def found(host, search):
    page = contacts_page(host.id, WhichContacts(search=search), 1)
    return [contact.last_name for contact in page.rows]


@pytest.fixture
def host(app):
    host = make_host()
    make_contact(host, last_name="Hagen", phone="+49 (0) 2331 98-76", email="h@werk.example")
    make_contact(host, last_name="Lippe", phone="02941/123456", organisation_name="Kontor 98")
    make_contact(host, last_name="Ohne", phone="", email="o_hne@werk.example")
    return host


@pytest.mark.parametrize("signs", ["%", "%%", " % ", "\\", "%\\", "'", "%;--", "…"])
def test_signs_alone_find_nobody_rather_than_everybody_t27(host, signs):
    make_organisation(host, name="Werk")

    assert found(host, signs) == []
    assert organisations_page(host.id, signs, 1).total == 0


def test_an_underscore_stands_for_itself_t27(host):
    assert found(host, "_") == ["Ohne"]
    assert found(host, "o_hne@werk") == ["Ohne"]
    assert found(host, "H_gen") == []


@pytest.mark.parametrize(
    "number",
    [
        "02331 9876",
        "02331/98 76",
        "+49 2331 9876",
        "0049-2331-9876",
        "+49 (0)2331 98-76",
        "23319876",
    ],
)
def test_a_number_is_found_however_it_is_written(host, number):
    assert found(host, number) == ["Hagen"]


def test_a_part_of_a_number_is_enough_also_beside_a_word(host):
    assert found(host, "123456") == ["Lippe"]
    assert found(host, "lippe 12345") == ["Lippe"]
    assert found(host, "hagen 12345") == []


def test_few_digits_are_searched_for_in_words_only(host):
    assert found(host, "98") == ["Lippe"]


@pytest.mark.parametrize("text", ["K-0012", "9876", "Weg 5", "", "98765 a", "²³¹⁴⁵⁶", "......"])
def test_what_is_no_phone_number_has_no_digits(text):
    assert phone_digits(text) == ""


def test_only_a_search_with_digits_looks_at_numbers(host):
    with statement_count() as sent:
        found(host, "lippe werk")

    assert sent
    assert not any("replace" in statement for statement in sent)
