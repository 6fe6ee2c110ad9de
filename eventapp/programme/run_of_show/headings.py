"""What the columns of a list mean, whatever language and taste its headings are in. Pure."""

import re
from collections.abc import Sequence
from enum import StrEnum


class Heading(StrEnum):
    """What a column of a plan holds; most values are names of what a line says."""

    DAY = "day"
    TIME = "time"
    PLANNED = "planned"
    END = "end"
    LENGTH = "length"
    WHAT = "what"
    WHERE = "where"
    WHO = "who"
    SOUND = "sound"
    LIGHT = "light"
    VIDEO = "video"
    STAGE = "stage"
    REMARK = "remark"
    FIXED = "fixed"


TEXTS = (
    Heading.WHAT,
    Heading.WHERE,
    Heading.WHO,
    Heading.SOUND,
    Heading.LIGHT,
    Heading.VIDEO,
    Heading.STAGE,
    Heading.REMARK,
)
_WORDS = {
    Heading.DAY: "tag datum date day",
    Heading.TIME: "zeit uhrzeit beginn beginnt start von time begin begins from",
    Heading.PLANNED: "geplant planned",
    Heading.END: "ende endet bis end ends until to",
    Heading.LENGTH: "dauer länge laufzeit minuten min length duration minutes",
    Heading.WHAT: "programmpunkt was titel inhalt ablauf aktion item what title action",
    Heading.WHERE: "ort wo raum bereich where room place location",
    Heading.WHO: "personen person wer akteure mitwirkende verantwortlich zuständig who people",
    Heading.SOUND: "ton mikrofon mikrofone audio mikro sound mic mics microphone",
    Heading.LIGHT: "licht beleuchtung light lights lighting",
    Heading.VIDEO: "video bild zuspieler zuspielung folien präsentation medien screen slides",
    Heading.STAGE: "bühne requisite requisiten umbau stage props",
    Heading.REMARK: "bemerkung bemerkungen hinweis hinweise notiz notizen anmerkung kommentar "
    "remark remarks note notes comment",
    Heading.FIXED: "fest fix fixiert fixed",
}
_KNOWN = {word: heading for heading, words in _WORDS.items() for word in words.split()}
_LETTERS = re.compile(r"[^\W\d_]+")


def heading_of(text: str) -> Heading | None:
    """What a heading means, by its first word that we know: "Ton/Mikrofon" is sound."""
    words = (_KNOWN.get(word) for word in _LETTERS.findall(text.casefold()))
    return next((known for known in words if known), None)


def headings_of(header: Sequence[str]) -> list[Heading | None]:
    """What each column means; of two that mean the same the first counts."""
    met: set[Heading] = set()
    found: list[Heading | None] = []
    for text in header:
        meant = heading_of(text)
        found.append(meant if meant not in met else None)
        if meant is not None:
            met.add(meant)
    return found
