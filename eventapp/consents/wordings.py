"""To which words people consented: every version ever shown, so that it can be shown again.

Words are never changed here. Whoever wants others adds a version below; it is the one that is asked
for from then on, and nobody's earlier consent changes. A consent's `text_version` names version and
language, "1-de", since only one of the two was read. `tests/consents/test_wordings.py` keeps watch.
"""

from dataclasses import dataclass

from eventapp.consents.states import ConsentKind


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the words of a consent, in both languages."""

    version: str
    de: str
    en: str


WORDINGS = {
    ConsentKind.PHOTO: (
        Wording(
            "1",
            de="Ich bin einverstanden, dass bei der Veranstaltung Fotos gemacht werden, auf denen "
            "ich zu erkennen bin, und dass die veranstaltende Organisation sie in ihrem "
            "Nachbericht, auf ihrer Website und für die Presse verwendet. Ich kann das jederzeit "
            "auf meiner persönlichen Seite widerrufen; dann werden Fotos von mir nicht weiter "
            "verwendet.",
            en="I agree that photos are taken at the event on which I can be recognised, and that "
            "the organising body uses them in its report, on its website and for the press. I can "
            "withdraw this on my personal page at any time; photos of me are then not used any "
            "further.",
        ),
    ),
    ConsentKind.ATTENDEE_LIST: (
        Wording(
            "1",
            de="Ich bin einverstanden, dass mein Name und meine Organisation auf der "
            "Teilnehmerliste stehen, die alle Gäste der Veranstaltung erhalten. Ich kann das "
            "jederzeit auf meiner persönlichen Seite widerrufen; neue Listen nennen mich dann "
            "nicht mehr.",
            en="I agree that my name and my organisation stand on the list of attendees that all "
            "guests of the event receive. I can withdraw this on my personal page at any time; new "
            "lists then do not name me any more.",
        ),
    ),
    ConsentKind.NEXT_INVITATION: (
        Wording(
            "1",
            de="Ich bin einverstanden, dass die veranstaltende Organisation meinen Namen, meine "
            "Organisation und meine E-Mail-Adresse behält, um mich zu ähnlichen Veranstaltungen "
            "einzuladen. Ich kann das jederzeit auf meiner persönlichen Seite widerrufen; dann "
            "werden sie dafür nicht weiter verwendet.",
            en="I agree that the organising body keeps my name, my organisation and my e-mail "
            "address to invite me to similar events. I can withdraw this on my personal page at "
            "any time; they are then not used for this any further.",
        ),
    ),
    ConsentKind.NEEDS: (
        Wording(
            "1",
            de="Ich willige ausdrücklich ein, dass meine Angaben zu Verpflegung und Unterstützung "
            "verwendet werden, damit ich gut teilnehmen kann. Mir ist klar, dass sie etwas über "
            "meine Gesundheit oder meinen Glauben sagen können. Wenige Personen der "
            "veranstaltenden Organisation sehen sie, die Küche erhält Zahlen ohne Namen. 14 Tage "
            "nach der Veranstaltung werden sie gelöscht, und sofort, wenn ich das auf meiner "
            "persönlichen Seite widerrufe.",
            en="I explicitly consent to the use of what I say about diet and support, so that I "
            "can take part well. I know that it may tell something about my health or my belief. "
            "Few people of the organising body see it; the kitchen gets numbers without names. It "
            "is deleted 14 days after the event, and at once if I withdraw this on my personal "
            "page.",
        ),
    ),
}


def current_words(kind: ConsentKind, locale: str) -> str:
    """What somebody who reads this language is asked to consent to now."""
    return _in(WORDINGS[kind][-1], locale)


def current_version(kind: ConsentKind, locale: str) -> str:
    """How a consent names these words."""
    return f"{WORDINGS[kind][-1].version}-{_language(locale)}"


def words_of(kind: ConsentKind, text_version: str, *, otherwise: str) -> str:
    """The words that were agreed to; `otherwise` is the language where the version names none.

    "" for a version that this program never showed.
    """
    version, _, locale = text_version.partition("-")
    known = {wording.version: wording for wording in WORDINGS[kind]}
    return _in(known[version], locale or otherwise) if version in known else ""


def _in(wording: Wording, locale: str) -> str:
    return wording.en if _language(locale) == "en" else wording.de


def _language(locale: str) -> str:
    return "en" if locale == "en" else "de"
