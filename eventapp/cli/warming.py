"""What the web server does once before its workers part, so that it is common memory.

What the first answers make for good (templates, statements, the words and calendars of a language)
each worker would make for itself, and in doing so copy a third of the memory that they share.
"""

import logging

from flask import Flask

from eventapp.events.queries import public_events
from eventapp.foundation.database import db
from eventapp.foundation.i18n import LOCALES
from eventapp.foundation.kept_templates import load_kept_templates
from eventapp.foundation.logs import log

PAGES_OF_NO_EVENT = ("/", "/organise/signin")
PAGES_OF_AN_EVENT = ("/e/{}/", "/e/{}/register", "/e/{}/calendar.ics")


def warm_up(app: Flask) -> None:
    """Load what answers need, and open a few pages as any visitor may: to look changes nothing.

    A database that is away, or has no tables yet, keeps no server from starting.
    """
    load_kept_templates(app)
    logging.disable(logging.INFO)  # nobody has asked for these pages
    try:
        _open_pages(app)
    except Exception as problem:  # whatever it is, the first visitor's answer will say it
        log.warning("not warmed up", problem=type(problem).__name__)
    finally:
        logging.disable(logging.NOTSET)
        with app.app_context():
            db.engine.dispose()  # a connection belongs to one process


def _open_pages(app: Flask) -> None:
    with app.app_context():
        slugs = [event.slug for event in public_events()[:1]]
    addresses = [
        *PAGES_OF_NO_EVENT,
        *(one.format(slug) for one in PAGES_OF_AN_EVENT for slug in slugs),
    ]
    for locale in LOCALES:
        for address in addresses:
            app.test_client().get(
                address,
                base_url=app.config["SETTINGS"].base_url,
                headers={"Accept-Language": locale},
            )
