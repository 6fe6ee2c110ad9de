"""Comparing a question as entered with the question as stored, and writing the difference."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from eventapp.foundation import clock
from eventapp.foundation.database import db
from eventapp.foundation.errors import Stale
from eventapp.questions import queries
from eventapp.questions.errors import ChosenByThoseWords, FewerThanTaken, OthersDepend
from eventapp.questions.models import Question, QuestionChoice
from eventapp.questions.requests import ChoiceDraft, QuestionDraft
from eventapp.questions.words import choice_label

COLUMNS = (
    "kind",
    "step",
    "label_de",
    "label_en",
    "purpose_de",
    "purpose_en",
    "required",
    "condition_id",
    "condition_value",
)
Words = tuple[str, str, int | None]


def compared(question: Question, draft: QuestionDraft) -> dict[str, tuple[Any, Any]]:
    """Where both differ: (what is stored, what was entered) by column, choices as a whole."""
    pairs: dict[str, tuple[Any, Any]] = {
        name: (getattr(question, name), getattr(draft, name)) for name in COLUMNS
    }
    pairs["condition"] = (_condition(question), _condition(draft))
    del pairs["condition_id"], pairs["condition_value"]
    pairs["choices"] = (stored_choices(question), [one.words for one in draft.choices])
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _condition(row: Question | QuestionDraft) -> str:
    return f"{row.condition_id}:{row.condition_value}" if row.condition_id else ""


def stored_choices(question: Question) -> list[Words]:
    """What the offered choices say, in their order."""
    return [(one.label_de, one.label_en, one.places) for one in question.offered]


def check_seen(question: Question, draft: QuestionDraft, seen: int) -> Mapping[str, Any]:
    """What the draft changes. Raises Stale with both versions if a colleague was faster."""
    different = compared(question, draft)
    if different and question.version != seen:
        raise Stale(different)
    return different


def write(question: Question, draft: QuestionDraft) -> None:
    """Write the draft; the version counts even if only choices change. Raises FewerThanTaken,
    ChosenByThoseWords and OthersDepend."""
    for name in COLUMNS:
        setattr(question, name, getattr(draft, name))
    _write_choices(question, draft.choices if question.has_choices else ())
    if question.id is not None:
        flag_modified(question, "label_de")


def _write_choices(question: Question, drafts: tuple[ChoiceDraft, ...]) -> None:
    existing = {one.id: one for one in question.offered if one.id is not None}
    kept = {one.id for one in drafts if one.id in existing}
    chosen = queries.times_chosen(question) if existing else Counter[str]()
    _check_words(drafts, existing, chosen)
    for number, choice in existing.items():
        if number not in kept:
            _take_out(question, choice, chosen)
    for position, draft in enumerate(drafts, start=1):
        choice = existing.get(draft.id or 0) or _added(question)
        if draft.places is not None and draft.places < (choice.places_taken or 0):
            raise FewerThanTaken(f"places_{draft.row}", choice.places_taken)
        choice.position, choice.places = position, draft.places
        choice.label_de, choice.label_en = draft.label_de, draft.label_en


def _check_words(
    drafts: tuple[ChoiceDraft, ...], existing: Mapping[int, QuestionChoice], chosen: Counter[str]
) -> None:
    """Nobody's answer turns into another one unnoticed. Raises ChosenByThoseWords."""
    pairs = [(existing[one.id], one) for one in drafts if one.id is not None and one.id in existing]
    renamed = {
        draft.row: chosen[choice.value]
        for choice, draft in pairs
        if chosen[choice.value] and _says_something_else(choice, draft) and not draft.same_meaning
    }
    if renamed:
        raise ChosenByThoseWords(renamed)


def _says_something_else(choice: QuestionChoice, draft: ChoiceDraft) -> bool:
    """English words where there were none translate what was chosen, they do not change it."""
    english = choice.label_en or draft.label_en
    return (choice.label_de, english) != (draft.label_de, draft.label_en)


def _added(question: Question) -> QuestionChoice:
    choice = QuestionChoice(places_taken=0)
    question.choices.append(choice)
    return choice


def _take_out(question: Question, choice: QuestionChoice, chosen: Counter[str]) -> None:
    """Deleted if nobody chose it, else kept for those who did. Raises OthersDepend."""
    for other in queries.questions_depending_on(question):
        if other.condition_value == choice.value:
            raise OthersDepend(other.label_de)
    if chosen[choice.value]:
        choice.retired_at = clock.now()
    else:
        question.choices.remove(choice)
        db.session.flush()


def words_for_trail(question: Question) -> dict[str, Any]:
    """What the trail keeps of a question."""
    return {name: getattr(question, name) for name in COLUMNS} | {
        "choices": "; ".join(
            choice_label(one) + (f" ({one.places})" if one.places is not None else "")
            for one in question.offered
        )
    }
