"""What the columns about a guest are called when they ask what is stored about them.

Each column of these tables stands here: with a label, so that the guest gets to see it, or with
None where it says nothing about them (keys, counters, what is derived for searching). A test fails
on a column that nobody has thought about.
"""

from eventapp.foundation.message import Message, message

PERSON: dict[str, Message | None] = {
    "form_of_address": message("Form of address"),
    "title": message("Title"),
    "first_name": message("First name"),
    "last_name": message("Last name"),
    "name_suffix": message("After the name"),
    "position": message("Position"),
    "organisation_name": message("Organisation"),
    "email": message("E-mail"),
    "phone": message("Phone"),
    "locale": message("Language"),
}
PLACE: dict[str, Message | None] = {
    "postcode": message("Postcode"),
    "city": message("Town"),
    "municipality_ags": message("Key of the municipality"),
    "county": message("District"),
    "sector": message("Sector"),
}
DERIVED: dict[str, Message | None] = dict.fromkeys(("id", "search_text", "sort_name", "email_key"))
LINK: dict[str, Message | None] = dict.fromkeys(("public_id", "link_generation"))

COLUMNS: dict[str, dict[str, Message | None]] = {
    "registration": {
        **PERSON,
        **PLACE,
        **DERIVED,
        **LINK,
        "number": message("Number"),
        "kind": message("Comes as"),
        "state": message("State"),
        "registered_at": message("Registered"),
        "link_sent_at": message("Last link to confirm"),
        "confirmed_at": message("Confirmed"),
        "waiting_since": message("Waits since"),
        "offer_expires_at": message("Offer until"),
        "cancelled_at": message("Left"),
        "priority": message("Order on the waiting list"),
        "note": message("Note of the organisers"),
        "group_key": message("Registered together under"),
        "name_key": None,
        "version": None,
        "event_id": None,
        "invitation_id": None,
        "contact_id": None,
        "main_id": None,
        "replaces_id": None,
    },
    "registration_merge": {
        "merged_at": message("Merged with another registration"),
        "registration_id": None,
        "kept_id": None,
    },
    "invitation": {
        **LINK,
        "id": None,
        "version": None,
        "channel": message("Invited by"),
        "state": message("State"),
        "reply_by_on": message("Reply by"),
        "companions_allowed": message("Companions allowed"),
        "created_at": message("Entered"),
        "sent_at": message("Sent"),
        "replied_at": message("Answered"),
        "reminded_at": message("Reminded"),
        "no_mail_at": message("No more mails about this event since"),
        "note": message("Note of the organisers"),
        "event_id": None,
        "wave_id": None,
        "contact_id": None,
        "substitute_id": None,
        "substitute_for_id": None,
    },
    "substitute": {**PERSON, **DERIVED, "named_at": message("Named")},
    "contact": {
        **PERSON,
        **PLACE,
        **DERIVED,
        "reference": message("Number"),
        "salutation_override": message("Salutation line"),
        "street": message("Street"),
        "note": message("Note of the organisers"),
        "source": message("Where the data comes from"),
        "source_at": message("Data as of"),
        "blocked_at": message("No invitations since"),
        "block_kind": message("Kind of block"),
        "block_reason": message("Why"),
        "undeliverable_at": message("Could not be reached since"),
        "created_at": message("Entered"),
        "updated_at": message("Changed"),
        "version": None,
        "host_id": None,
        "organisation_id": None,
        "import_id": None,
    },
    "needs": {
        "diet": message("Diet"),
        "access": message("Support"),
        "delete_on": message("Deleted on"),
        "id": None,
        "registration_id": None,
    },
    "consent": {
        "kind": message("Consent"),
        "text_version": message("Version of the words"),
        "given_at": message("Given"),
        "source": message("Where"),
        "withdrawn_at": message("Taken back"),
        "id": None,
        "registration_id": None,
    },
    "question_answer": {
        "text": message("Answer"),
        "choices": message("Chosen"),
        "missed": message("Was full by then"),
        "answered_at": message("Answered"),
        "id": None,
        "registration_id": None,
        "question_id": None,
    },
    "outbox_mail": {
        "subject": message("Subject"),
        "to_email": message("To"),
        "created_at": message("Written"),
        "sent_at": message("Sent"),
        "state": message("State"),
        "returned_at": message("Came back"),
        **dict.fromkeys(
            (
                "about", "batch", "id", "public_id", "message_id", "scope", "kind", "to_name",
                "from_name",
                "reply_to", "locale", "text", "html", "attachments", "headers", "search", "bulk",
                "dedupe_key", "attempts", "next_attempt_at", "leased_until", "lease_id",
                "last_error",
            )
        ),
    },
}  # fmt: skip
