"""What an organiser asks for who adds or changes a question."""

from dataclasses import dataclass

from eventapp.questions.states import QuestionKind, QuestionStep


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceDraft:
    """One choice as entered; `id` is that of a choice that exists, `row` counts from 1.

    With `same_meaning` somebody vouches that new words only correct what people have chosen.
    """

    row: int
    id: int | None = None
    label_de: str
    label_en: str = ""
    places: int | None = None
    same_meaning: bool = False

    @property
    def words(self) -> tuple[str, str, int | None]:
        """What it says, to be compared with what is stored."""
        return self.label_de, self.label_en, self.places


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionDraft:
    """A question as entered. A choice that exists and is not among `choices` is to go."""

    kind: QuestionKind
    step: QuestionStep = QuestionStep.REGISTRATION
    label_de: str
    label_en: str = ""
    purpose_de: str = ""
    purpose_en: str = ""
    required: bool = False
    condition_id: int | None = None
    condition_value: str = ""
    choices: tuple[ChoiceDraft, ...] = ()
