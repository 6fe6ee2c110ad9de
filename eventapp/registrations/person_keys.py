"""What tells two people of one address apart.."""

from eventapp.contacts.models import PersonColumns
from eventapp.foundation.text import sort_key


def name_key_of(person: PersonColumns) -> str:
    """What tells two people of one address apart, and sorts them; an office goes by its name."""
    return sort_key(person.last_name or person.organisation_name or "", person.first_name or "")
