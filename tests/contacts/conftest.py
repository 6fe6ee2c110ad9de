"""Fixtures for the pages of long contact lists."""

import pytest

from eventapp.contacts.actions import running


@pytest.fixture
def host(organiser, client):
    """The organisation of whoever is signed in and reads English."""
    client.set_cookie("lang", "en")
    return organiser.memberships[0].host


@pytest.fixture
def standing_still(monkeypatch):
    """Work that is begun, and ends with its process before it does anything."""
    monkeypatch.setattr(running, "work_beside", lambda _name, _work: None)
