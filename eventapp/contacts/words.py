"""What sectors, forms of address and states are called, to be translated, and how lists spell them.

Pure: the edges translate the words, the import reads them.
"""

from eventapp.contacts.cells import Verdict
from eventapp.contacts.likeness import Likeness
from eventapp.contacts.states import FormOfAddress, ImportState, ObjectionKind, Sector, Standing
from eventapp.foundation.message import Message, message

SECTOR_WORDS = {
    Sector.BUSINESS: message("Business"),
    Sector.POLITICS: message("Politics & administration"),
    Sector.SCIENCE: message("Universities & research"),
    Sector.CIVIL: message("Private & voluntary"),
    Sector.PRESS: message("Press"),
    Sector.UNKNOWN: message("Sector unknown"),
}

FORM_WORDS = {
    FormOfAddress.MS: message("Ms"),
    FormOfAddress.MR: message("Mr"),
    FormOfAddress.NONE: message("not given"),
}

STANDING_WORDS = {
    Standing.ALL: message("All"),
    Standing.REACHABLE: message("Can be invited"),
    Standing.WITHOUT_EMAIL: message("Without e-mail"),
    Standing.UNDELIVERABLE: message("Undeliverable"),
    Standing.BLOCKED: message("Blocked"),
}

OBJECTION_WORDS = {
    ObjectionKind.ASKED: message("Asked us not to write again"),
    ObjectionKind.LINK: message("Unsubscribed by the link in a mail"),
    ObjectionKind.GONE: message("No longer there"),
    ObjectionKind.OTHER: message("Another reason"),
}

IMPORT_WORDS = {
    ImportState.READING: message("being read"),
    ImportState.STAGED: message("waiting for your decision"),
    ImportState.IMPORTING: message("being imported"),
    ImportState.IMPORTED: message("imported"),
    ImportState.UNDONE: message("taken back"),
    ImportState.DISCARDED: message("discarded"),
}

VERDICT_WORDS = {
    Verdict.OK: message("ready"),
    Verdict.WARNING: message("please look"),
    Verdict.ERROR: message("faulty"),
    Verdict.DUPLICATE: message("duplicate"),
    Verdict.BLOCKED: message("blocked"),
    Verdict.SKIP: message("empty"),
}

FIELD_WORDS = {
    "form_of_address": message("Form of address"),
    "title": message("Title"),
    "first_name": message("First name"),
    "last_name": message("Last name"),
    "name_suffix": message("Name suffix"),
    "salutation_override": message("Salutation line"),
    "locale": message("Language of mails"),
    "organisation_name": message("Organisation"),
    "position": message("Position"),
    "sector": message("Sector"),
    "email": message("E-mail address"),
    "phone": message("Phone"),
    "street": message("Street and number"),
    "city": message("Town"),
    "reference": message("Contact number"),
    "source": message("Origin of the data"),
}
COUNTY_WORDS = {"außerhalb Südwestfalens": message("outside Südwestfalen")}
"""Of the counties, all names but this one are proper names."""
LOCALE_WORDS = {"de": message("German"), "en": message("English")}

LIKENESS_WORDS = {
    Likeness.SAME_CONTACT: message("The same contact"),
    Likeness.SAME_ADDRESS: message("Same e-mail address and nearly the same name"),
    Likeness.SAME_NAME: message("Same name, another e-mail address"),
}

LEFT_OUT_WORDS = (
    message("Import: row"),
    message("Import: verdict"),
    message("Import: reason"),
)
"""What stands above the columns in front of rows that were left out; see `mapping.py`."""
SURPLUS = message("Import: surplus")  # above cells beyond the header; see `reading.py`

_SECTOR_STEMS = {
    Sector.BUSINESS: ("wirtschaft", "business", "unternehmen", "industr", "handwerk", "econom"),
    Sector.POLITICS: ("politik", "politic", "verwaltung", "admin", "kommun", "public"),
    Sector.SCIENCE: ("hochschul", "forschung", "wissenschaft", "universit", "research", "scien"),
    Sector.CIVIL: ("privat", "ehrenamt", "zivil", "verein", "civil", "volunt"),
    Sector.PRESS: ("presse", "press", "medien", "media"),
}
ACTION_WORDS = {
    "contact.added": message("Contact added"),
    "contact.blocked": message("Contact blocked"),
    "contact.changed": message("Contact changed"),
    "contact.erased": message("Person deleted with everything about them"),
    "contact.looked_again": message("Two contacts may be one person after all"),
    "contact.merged": message("Contacts merged"),
    "contact.merged_away": message("Contact merged into another one"),
    "contact.removed": message("Contact removed"),
    "contact.told_apart": message("Contacts known as two people"),
    "contact.unblocked": message("Block of a contact lifted"),
    "contact.undeliverable": message("Address marked as undeliverable"),
    "contacts.import_undone": message("Import undone"),
    "contacts.imported": message("Contacts imported"),
    "contacts.left_out_exported": message("Rows left out exported"),
    "list.changed": message("Distribution list changed"),
    "list.created": message("Distribution list created"),
    "list.joined": message("Contacts put on a list"),
    "list.left": message("Contacts taken off a list"),
    "list.removed": message("Distribution list removed"),
    "organisation.changed": message("Company or body changed"),
}
"""What the steps of the trail are called, by the names under which actions note them."""


def value_words(name: str, value: object) -> object:
    """What a field of a contact says, in the reader's words."""
    if isinstance(value, Sector):
        return SECTOR_WORDS[value]
    if isinstance(value, FormOfAddress):
        return FORM_WORDS[value]
    if name == "locale":
        return LOCALE_WORDS.get(str(value), value)
    return message("entered by hand") if value == "by hand" else value


def sector_label(sector: Sector) -> Message:
    """The name of a sector as people read it."""
    return SECTOR_WORDS[sector]


def county_label(county: str) -> Message | str:
    """The name of a county as people read it."""
    return COUNTY_WORDS.get(county, county)


def form_label(form: FormOfAddress) -> Message:
    """The name of a form of address as people read it."""
    return FORM_WORDS[form]


def objection_label(kind: ObjectionKind) -> Message:
    """Why somebody gets no invitations, as people read it."""
    return OBJECTION_WORDS[kind]


def verdict_label(verdict: Verdict) -> Message:
    """What is to happen to a row, in words."""
    return VERDICT_WORDS[verdict]


def import_label(state: ImportState) -> Message:
    """What has become of an uploaded list, in words."""
    return IMPORT_WORDS[state]


def read_sector(text: str) -> Sector | None:
    """The sector a cell means, by the stems of its words; None for a word nobody has agreed on."""
    lowered = text.casefold()
    if not lowered:
        return Sector.UNKNOWN
    for sector, stems in _SECTOR_STEMS.items():
        if lowered == sector.value or any(stem in lowered for stem in stems):
            return sector
    return None
