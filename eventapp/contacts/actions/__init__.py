"""What organisers can do with contacts, grouped by intention."""

from eventapp.contacts.actions.export import export_contacts
from eventapp.contacts.actions.groups import (
    ListChange,
    OrganisationChange,
    change_list,
    change_organisation,
    create_list,
    put_on_list,
    remove_list,
    take_off_list,
)
from eventapp.contacts.actions.imports import (
    choose_columns,
    discard_import,
    import_staged,
    may_undo,
    stage_import,
    undo_import,
)
from eventapp.contacts.actions.municipalities import MunicipalityEntry, set_municipalities
from eventapp.contacts.actions.people import (
    ContactChange,
    add_contact,
    block_contact,
    change_contact,
    note_undeliverable,
    remove_contact,
    unblock_contact,
)

__all__ = [
    "ContactChange",
    "ListChange",
    "MunicipalityEntry",
    "OrganisationChange",
    "add_contact",
    "block_contact",
    "change_contact",
    "change_list",
    "change_organisation",
    "choose_columns",
    "create_list",
    "discard_import",
    "export_contacts",
    "import_staged",
    "may_undo",
    "note_undeliverable",
    "put_on_list",
    "remove_contact",
    "remove_list",
    "set_municipalities",
    "stage_import",
    "take_off_list",
    "unblock_contact",
    "undo_import",
]
