"""Who may ask for which page: one line a page, one expectation a visitor.

A page that is not listed fails the build (T-03). The numbers are the statuses of a GET for
(anonymous, outsider, viewer, frontdesk, organiser, administrator), where the outsider organises for
another organisation. For a POST the refusals are the same, and where a GET would show the page the
POST must be let in, whatever it then says about an empty form.
"""

EVERYBODY = (200, 200, 200, 200, 200, 200)
GUEST_WITH_LINK = EVERYBODY  # the secret in the address is what counts
SIGNED_IN = (303, 200, 200, 200, 200, 200)
ORGANISERS = (303, 200, 403, 403, 200, 200)  # a page about one's own organisation
ORGANISERS_OF_IT = (303, 404, 403, 403, 200, 200)  # a page about a thing of an organisation
OWN_ONLY = (303, 404, 404, 404, 200, 404)  # a thing of the person who asks

TABLE = {
    "static": EVERYBODY,
    "health.alive": EVERYBODY,
    "health.ready": (503,) * 6,  # tests make their tables without the migrations
    # accounts
    "accounts.signin": (200, 303, 303, 303, 303, 303),
    "accounts.signout": SIGNED_IN,
    "accounts.imprint": EVERYBODY,
    "accounts.privacy": EVERYBODY,
    "accounts.accessibility": EVERYBODY,
    "accounts.host_stylesheet": EVERYBODY,
    "accounts_organiser.account": SIGNED_IN,
    "accounts_organiser.password": SIGNED_IN,
    "accounts_organiser.revoke": OWN_ONLY,
    "accounts_organiser.host_settings": ORGANISERS,
    "accounts_organiser.legal_page": ORGANISERS,
    # contacts
    "contacts_organiser.address_book": ORGANISERS,
    "contacts_organiser.new_contact": ORGANISERS,
    "contacts_organiser.export": ORGANISERS,
    "contacts_organiser.membership": ORGANISERS,
    "contacts_organiser.contact": ORGANISERS_OF_IT,
    "contacts_organiser.block": ORGANISERS_OF_IT,
    "contacts_organiser.unblock": ORGANISERS_OF_IT,
    "contacts_organiser.remove": ORGANISERS_OF_IT,
    "contacts_groups.lists": ORGANISERS,
    "contacts_groups.distribution_list": ORGANISERS_OF_IT,
    "contacts_groups.remove_list": ORGANISERS_OF_IT,
    "contacts_groups.organisations": ORGANISERS,
    "contacts_groups.organisation": ORGANISERS_OF_IT,
    "contacts_import.upload": ORGANISERS,
    "contacts_import.preview": ORGANISERS_OF_IT,
    "contacts_import.columns": ORGANISERS_OF_IT,
    "contacts_import.take": ORGANISERS_OF_IT,
    "contacts_import.undo": ORGANISERS_OF_IT,
    "contacts_import.discard": ORGANISERS_OF_IT,
    # events
    "events_organiser.new_event": ORGANISERS,
    "events_organiser.settings": ORGANISERS_OF_IT,
    "events_organiser.dates": ORGANISERS_OF_IT,
    "events_organiser.texts": ORGANISERS_OF_IT,
    "events_organiser.notices": ORGANISERS_OF_IT,
    "events_organiser.partners": ORGANISERS_OF_IT,
    "events_organiser.partner": ORGANISERS_OF_IT,
    "events_organiser.remove_partner": ORGANISERS_OF_IT,
    "events_organiser.life": ORGANISERS_OF_IT,
    "events_places.place": ORGANISERS_OF_IT,
    "events_places.new_place": ORGANISERS_OF_IT,
    "events_places.choose_venue": ORGANISERS_OF_IT,
    "events_places.rooms": ORGANISERS_OF_IT,
    "events_places.room": ORGANISERS_OF_IT,
    "events_places.remove_room": ORGANISERS_OF_IT,
    # programme
    "programme_organiser.programme": ORGANISERS_OF_IT,
    "programme_organiser.as_grid": ORGANISERS_OF_IT,
    "programme_organiser.new_session": ORGANISERS_OF_IT,
    "programme_organiser.session": ORGANISERS_OF_IT,
    "programme_organiser.cancel": ORGANISERS_OF_IT,
    "programme_organiser.delete": ORGANISERS_OF_IT,
    "programme_organiser.publish": ORGANISERS_OF_IT,
    "programme_people.people": ORGANISERS_OF_IT,
    "programme_people.new_person": ORGANISERS_OF_IT,
    "programme_people.person": ORGANISERS_OF_IT,
    "programme_people.remove_person": ORGANISERS_OF_IT,
    "programme_people.promise": ORGANISERS_OF_IT,
    "programme_people.take_out": ORGANISERS_OF_IT,
    "programme_people.slots": ORGANISERS_OF_IT,
    "programme_people.slot": ORGANISERS_OF_IT,
    "programme_people.remove_slot": ORGANISERS_OF_IT,
    # invitations
    "invitations_organiser.waves": ORGANISERS_OF_IT,
    "invitations_organiser.new_wave": ORGANISERS_OF_IT,
    "invitations_organiser.show_wave": ORGANISERS_OF_IT,
    "invitations_organiser.edit_wave": ORGANISERS_OF_IT,
    "invitations_organiser.send": ORGANISERS_OF_IT,
    # registrations
    "registrations.answer": GUEST_WITH_LINK,
    "registrations.give_answer": GUEST_WITH_LINK,
    "registrations.substitute": GUEST_WITH_LINK,
    "registrations.not_me": GUEST_WITH_LINK,
    "registrations.cancel": GUEST_WITH_LINK,
    "registrations.lost_link": EVERYBODY,
    "registrations.link_sent": EVERYBODY,
    "registrations_organiser.replies": ORGANISERS_OF_IT,
    "registrations_organiser.invitation": ORGANISERS_OF_IT,
    "registrations_organiser.record_reply": ORGANISERS_OF_IT,
    "registrations_organiser.send_link": ORGANISERS_OF_IT,
    "registrations_organiser.undeliverable": ORGANISERS_OF_IT,
    "registrations_organiser.withdraw": ORGANISERS_OF_IT,
    "registrations_organiser.guests": ORGANISERS_OF_IT,
    "registrations_organiser.guest": ORGANISERS_OF_IT,
    "registrations_organiser.cancel": ORGANISERS_OF_IT,
    "registrations_organiser.send_mail": ORGANISERS_OF_IT,
    "registrations_organiser.fill": ORGANISERS_OF_IT,
    # calendars
    "calendars.event_feed": EVERYBODY,
    "calendars.event_file": EVERYBODY,
    "calendars.session_file": EVERYBODY,
    # exports
    "exports_organiser.guest_list": ORGANISERS_OF_IT,
    # desk
    "desk.index": EVERYBODY,
    "desk.event_page": EVERYBODY,
    "desk.register": EVERYBODY,
    "desk.personal_page": GUEST_WITH_LINK,
    "desk.personal_calendar_file": GUEST_WITH_LINK,
    "outbox.mails": ORGANISERS_OF_IT,
    "outbox.mail": ORGANISERS_OF_IT,
    "outbox.letter": ORGANISERS_OF_IT,
    "outbox.attachment": ORGANISERS_OF_IT,
    "outbox.retry": ORGANISERS_OF_IT,
    "outbox.host_mails": ORGANISERS,
    "outbox.host_mail": ORGANISERS_OF_IT,
    "outbox.host_letter": ORGANISERS_OF_IT,
    "outbox.host_attachment": ORGANISERS_OF_IT,
    "outbox.host_retry": ORGANISERS_OF_IT,
    "desk_organiser.events": ORGANISERS,
    "desk_organiser.overview": ORGANISERS_OF_IT,
}
