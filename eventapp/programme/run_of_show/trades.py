"""The trades for which a plan has a column of its own. Pure."""

from enum import StrEnum

from eventapp.foundation.message import Message, message


class Trade(StrEnum):
    """Whose cues stand in a column; the value is its name."""

    SOUND = "sound"
    LIGHT = "light"
    VIDEO = "video"
    STAGE = "stage"


TRADE_WORDS = {
    Trade.SOUND: message("Sound"),
    Trade.LIGHT: message("Lighting"),
    Trade.VIDEO: message("Video"),
    Trade.STAGE: message("Stage"),
}


def trade_label(trade: Trade) -> Message:
    """What a trade is called."""
    return TRADE_WORDS[trade]


def trade_in(text: str | None) -> Trade | None:
    """The trade that an address names; None for all of them."""
    return Trade(text) if text in set(Trade) else None
