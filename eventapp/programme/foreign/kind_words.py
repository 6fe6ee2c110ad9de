"""What other programs and hand-kept lists call a kind of session. Pure."""

import re

from eventapp.programme.kinds import KIND_WORDS, SessionKind

_WORDS = {
    SessionKind.LECTURE: "lecture talk vortrag referat presentation long short lightning_talk "
    "lightningtalk other submission impuls input impulsvortrag workshop tutorial bof meeting "
    "seminar hands-on arbeitsgruppe community-event self-organized",
    SessionKind.KEYNOTE: "keynote keynotes",
    SessionKind.PANEL: "panel podium podiumsdiskussion podiumsgespräch discussion diskussion "
    "paneldiscussion interview",
    SessionKind.TALK_ROUND: "roundtable round_table gesprächsrunde talk-runde talkrunde",
    SessionKind.BREAK: "break pause kaffeepause mittagspause lunch coffee coffee-break",
    SessionKind.OPENING: "opening eröffnung welcome begrüßung",
    SessionKind.CLOSING: "closing schlusswort verabschiedung ausblick schluss abschluss",
    SessionKind.NETWORKING: "networking netzwerken party social concert performance get-together "
    "empfang djset",
    SessionKind.REGISTRATION: "registration einlass akkreditierung anmeldung",
    SessionKind.GREETING: "greeting grußwort",
    SessionKind.CEREMONY: "ceremony signing unterzeichnung",
    SessionKind.INTERNAL: "internal intern",
}
_KIND_OF = (
    {word: kind for kind, words in _WORDS.items() for word in words.casefold().split()}
    | {kind.value: kind for kind in SessionKind}
    | {words.casefold(): kind for kind, words in KIND_WORDS.items()}
)
_IN_TITLES = {  # folded before they are looked for
    SessionKind.KEYNOTE: r"^keynote\b",
    SessionKind.PANEL: r"^(podium|panel)\w*\b",
    SessionKind.GREETING: r"^grußworte?\b",
    SessionKind.OPENING: r"^(begrüßung|eröffnung|opening\b|welcome\b)|\bopening (event|ceremony)$",
    SessionKind.CLOSING: r"\bverabschiedung$|^schlusswort|^closing\b|\bclosing (event|ceremony)$",
    SessionKind.BREAK: r"^(kaffee|mittags)?pause\b|^(lunch|coffee)? ?break$|^lunch$",
    SessionKind.REGISTRATION: r"^(einlass|akkreditierung|registration)\b",
    SessionKind.NETWORKING: r"^(netzwerken|networking|get-together|ausklang)\b",
}


def kind_of(word: str) -> SessionKind | None:
    """The kind that a word for it means; None for an unknown one."""
    folded = " ".join(word.casefold().split())
    return _KIND_OF.get(folded) or _KIND_OF.get(folded.replace(" ", "_"))


def kind_in_title(title: str) -> SessionKind | None:
    """The kind that a title gives away: "Podiumsdiskussion: …"."""
    folded = title.casefold()
    return next(
        (kind for kind, words in _IN_TITLES.items() if re.search(words.casefold(), folded)), None
    )
