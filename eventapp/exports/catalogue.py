"""Which lists the running program has, for pages that speak of them by key."""

from collections.abc import Iterable

from flask import Blueprint, current_app

from eventapp.foundation.listing import AnyListing

KEY = "eventapp.listings"


def remember_listings(blueprint: Blueprint, listings: Iterable[AnyListing]) -> None:
    """Let every application that registers the blueprint know these lists."""
    by_key = {one.key: one for one in listings}
    blueprint.record(lambda state: state.app.extensions.update({KEY: by_key}))


def listing_named(key: str) -> AnyListing | None:
    """The list with this key; None for one that there is no more."""
    known: dict[str, AnyListing] = current_app.extensions.get(KEY, {})
    return known.get(key)
