"""Staging, looking, importing, discarding and taking back a contact list."""

from datetime import timedelta
from pathlib import Path

import pytest
from factories import (
    make_contact,
    make_event,
    make_host,
    make_invitation,
    make_list,
    make_municipality,
    make_organisation,
)
from sqlalchemy import func, select
from statements import statement_count

from eventapp.contacts.actions import (
    block_contact,
    choose_columns,
    discard_import,
    import_staged,
    remove_contact,
    stage_import,
    undo_import,
)
from eventapp.contacts.errors import FileRefused, ImportOver, StillNeeded
from eventapp.contacts.mapping import Column
from eventapp.contacts.models import Contact, ContactImport, DistributionList, Organisation
from eventapp.contacts.states import ImportState
from eventapp.foundation import clock
from eventapp.foundation.database import db

DEMO = Path(__file__).parents[2] / "demo" / "contacts.csv"
FILES = Path(__file__).parent / "files"


def count(model, **where):
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**where))


def stage(host, text, **more):
    content = text if isinstance(text, bytes) else text.encode()
    return stage_import(host, filename="liste.csv", content=content, actor="test", **more)


def people(*rows):
    return "\n".join(["Vorname;Nachname;Firma;Ort;E-Mail;Verteiler", *rows])


def test_nothing_is_written_before_the_organiser_imports(app):
    host = make_host()

    staged = stage(host, people("Beate;Meisterbernd;Werk;Arnsberg;beate@werk.example;Wirtschaft"))

    assert staged.state is ImportState.STAGED
    assert (count(Contact), count(Organisation), count(DistributionList)) == (0, 0, 0)


def test_the_demo_list_comes_in_whole(app):
    host = make_host()

    done = import_staged(stage(host, DEMO.read_bytes()), actor="test")

    assert done.counts["contacts"] == count(Contact) == 180
    assert done.counts["verdicts"] == {
        "ok": 177,
        "warning": 3,
        "error": 0,
        "duplicate": 0,
        "skip": 0,
    }
    assert done.content == ""


def test_a_row_becomes_a_contact_with_all_that_is_derived(app):
    host = make_host()
    make_municipality()
    row = "Jörg;Gößling;Kältetechnik;Arnsberg;Joerg@Kalt.example;Wirtschaft|VIP"

    import_staged(stage(host, people(row)), actor="test")

    contact = db.session.scalars(select(Contact)).one()
    assert (contact.email, contact.email_key) == ("Joerg@Kalt.example", "joerg@kalt.example")
    assert (contact.municipality_ags, contact.county) == ("05958004", "Hochsauerlandkreis")
    assert contact.sort_name == "gossling, jorg"
    assert contact.organisation.name == "Kältetechnik"
    assert [each.name for each in contact.lists] == ["VIP", "Wirtschaft"]
    assert (contact.source, contact.version) == ("liste.csv", 1)


def test_a_second_run_of_the_same_list_changes_nothing_t33(app):
    host = make_host()
    import_staged(stage(host, DEMO.read_bytes()), actor="test")

    again = import_staged(stage(host, DEMO.read_bytes()), actor="test")

    assert again.counts["verdicts"]["duplicate"] == 180
    assert again.counts["contacts"] == 0
    assert count(Contact) == 180


def test_whoever_objected_is_left_out_of_a_new_import_after_removal_t33(app):
    host = make_host()
    contact = make_contact(host, email="beate@werk.example")
    block_contact(contact, reason="Anruf", actor="test")
    remove_contact(contact, actor="test")

    done = import_staged(
        stage(host, people("Beate;Meisterbernd;W;;BEATE@werk.example;")), actor="test"
    )

    assert done.counts["verdicts"]["blocked"] == 1
    assert count(Contact) == 0


def test_one_bad_row_in_the_middle_keeps_only_itself_out_t33(app):
    host = make_host()
    rows = people("A;Eins;;;a@b.example;", "B;Zwei;;;keine-adresse;", "C;Drei;;;c@b.example;")

    done = import_staged(stage(host, rows), actor="test")

    assert done.counts["verdicts"]["error"] == 1
    assert [
        each.last_name for each in db.session.scalars(select(Contact).order_by(Contact.id))
    ] == ["Eins", "Drei"]


def test_a_fault_while_writing_leaves_nothing_behind_t32(app):
    host = make_host()
    staged = stage(host, people("A;Eins;Werk;;a@b.example;VIP"))

    def pull_the_plug(_rows):
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        import_staged(staged, actor="test", progress=pull_the_plug)

    assert (count(Contact), count(Organisation), count(DistributionList)) == (0, 0, 0)
    assert db.session.get(ContactImport, staged.id).state is ImportState.STAGED


def test_a_list_is_imported_only_once(app):
    staged = stage(make_host(), people("A;Eins;;;a@b.example;"))
    import_staged(staged, actor="test")

    with pytest.raises(ImportOver):
        import_staged(staged, actor="test")


def test_a_discarded_list_is_gone(app):
    staged = stage(make_host(), people("A;Eins;;;a@b.example;"))

    discard_import(staged)

    assert (staged.state, staged.content) == (ImportState.DISCARDED, "")
    with pytest.raises(ImportOver):
        import_staged(staged, actor="test")


def test_everybody_in_a_list_can_be_put_on_one_distribution_list(app):
    host = make_host()
    target = make_list(host, name="Messe 2027")

    import_staged(stage(host, people("A;Eins;;;a@b.example;VIP"), target=target), actor="test")

    contact = db.session.scalars(select(Contact)).one()
    assert [each.name for each in contact.lists] == ["Messe 2027", "VIP"]


def test_who_is_known_already_joins_the_list_and_stays_as_before(app):
    host = make_host()
    known = make_contact(host, first_name="A", last_name="Eins", email="a@b.example", note="alt")
    target = make_list(host, name="Messe 2027")

    done = import_staged(
        stage(host, people("A;Eins;Neue Firma;;a@b.example;VIP"), target=target), actor="test"
    )

    db.session.refresh(known)
    assert (done.counts["contacts"], done.counts["joined"]) == (0, 1)
    assert (known.organisation_name, known.note) == ("Nordhelle Commerce GmbH", "alt")
    assert [each.name for each in known.lists] == ["Messe 2027", "VIP"]


def test_the_same_person_of_another_host_is_no_duplicate(app):
    row = people("A;Eins;;;a@b.example;")
    import_staged(stage(make_host(), row), actor="test")

    done = import_staged(stage(make_host(), row), actor="test")

    assert done.counts["contacts"] == 1


def test_an_import_is_taken_back_within_a_day(app):
    host = make_host()
    before = make_contact(host)
    done = import_staged(stage(host, people("A;Eins;;;a@b.example;VIP")), actor="test")

    assert undo_import(done, actor="test") == 1

    assert db.session.scalars(select(Contact)).all() == [before]
    assert done.state is ImportState.UNDONE


def test_organisations_go_with_their_people_unless_others_come_from_them(app):
    host = make_host()
    make_contact(host, organisation_id=make_organisation(host, name="Bestand").id)
    rows = people("A;Eins;Neu;;a@b.example;", "B;Zwei;Bestand;;b@b.example;", "C;Drei;Werk;;;")
    done = import_staged(stage(host, rows), actor="test")
    kept = db.session.scalars(select(Contact).filter_by(last_name="Drei")).one()
    block_contact(kept, reason="", actor="test")

    undo_import(done, actor="test")

    names = db.session.scalars(select(Organisation.name).order_by(Organisation.name)).all()
    assert names == ["Bestand", "Werk"]


def test_the_columns_of_the_last_import_are_remembered(app):
    host = make_host()
    staged = stage(host, "Vorname;Nachname;Abteilung\nA;Eins;Einkauf")
    choose_columns(staged, [Column.FIRST_NAME, Column.LAST_NAME, Column.POSITION])

    again = stage(host, "Abteilung;Nachname\nEinkauf;Zwei")

    assert again.mapping["columns"] == ["position", "last_name"]


def test_an_import_needs_as_many_statements_for_300_rows_as_for_3(app):
    host = make_host()

    def statements(first, last):
        rows = [f"A;Name{number};Werk;;a{number}@b.example;VIP" for number in range(first, last)]
        staged = stage(host, people(*rows))
        with statement_count() as sent:
            import_staged(staged, actor="test")
        return len(sent)

    statements(0, 1)
    assert statements(10, 13) == statements(100, 400)


def test_a_file_with_broken_umlauts_is_refused_as_a_whole(app):
    content = (FILES / "contacts_dirty_mojibake.csv").read_bytes()

    with pytest.raises(FileRefused, match=r"umlauts in this file are broken.*NÃ¼sperling"):
        stage(make_host(), content)

    assert count(ContactImport) == 0


def test_an_import_is_not_taken_back_once_somebody_is_invited(app):
    host = make_host()
    done = import_staged(stage(host, people("A;Eins;;;a@b.example;")), actor="test")
    make_invitation(make_event(host), db.session.scalars(select(Contact)).one())

    with pytest.raises(StillNeeded, match="1 invitation or registration"):
        undo_import(done, actor="test")

    assert count(Contact) == 1


def test_an_import_stands_after_a_day(app):
    done = import_staged(stage(make_host(), people("A;Eins;;;a@b.example;")), actor="test")

    with clock.held(clock.now() + timedelta(hours=24, minutes=1)), pytest.raises(ImportOver):
        undo_import(done, actor="test")


def test_a_contact_that_was_changed_since_stays_when_the_import_is_taken_back(app):
    done = import_staged(
        stage(make_host(), people("A;Eins;;;a@b.example;", "B;Zwei;;;b@b.example;")), actor="test"
    )
    first = db.session.scalars(select(Contact).filter_by(last_name="Eins")).one()
    block_contact(first, reason="", actor="test")

    assert undo_import(done, actor="test") == 1
    assert [each.last_name for each in db.session.scalars(select(Contact))] == ["Eins"]
