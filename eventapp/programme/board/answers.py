"""What the board answers its script: the cards that look otherwise now, and the list of conflicts.

The script sends along which table it shows, so that places are told for that one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Response, get_template_attribute, jsonify, render_template, request

from eventapp.accounts.models import Account
from eventapp.events.models import Event
from eventapp.foundation.errors import DomainError, NotFound
from eventapp.foundation.forms import ConfirmForm
from eventapp.foundation.http import row_number
from eventapp.programme.board.actions import offered_steps
from eventapp.programme.board.cards import (
    Card,
    Noted,
    Troubles,
    cards_of,
    hard_of,
    troubles_of,
    written_way,
)
from eventapp.programme.board.lean import Board
from eventapp.programme.board.queries import mark_of, news_since
from eventapp.programme.board.sheet import Frame
from eventapp.programme.board.words import sentence_of_conflicts
from eventapp.programme.errors import MovedMeanwhile
from eventapp.programme.forms import SessionForm, differences
from eventapp.programme.kinds import CALM
from eventapp.programme.permissions import session_for_organiser
from eventapp.programme.queries import acknowledged_in, programme_of

PARTS = "programme/board/parts.html"
SCRIPT = "application/json"


@dataclass(frozen=True)
class Shown:
    """What the page shows that asks: its table, its day, and the step of the trail it knows."""

    frame: Frame
    day: date
    mark: int

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> "Shown":
        """As the page sends it. Raises NotFound for what none of our pages sends."""
        try:
            mark = row_number(fields.get("mark", "0"))
            day = date.fromisoformat(fields.get("day", ""))
            return cls(Frame.read(fields.get("frame", "")), day, mark)
        except (ValueError, OverflowError, OSError) as strange:
            raise NotFound from strange

    def lacks(self, board: Board, number: int) -> bool:
        """Whether a session belongs to its day and has no place in its table: load it anew."""
        session = board.sessions.get(number)
        if session is None or session.starts_at is None or session.ends_at is None:
            return False
        if board.calendar.day_of(session.starts_at) != self.day:
            return False
        room = session.room_id or 0
        inside = self.frame.first <= session.starts_at and session.ends_at <= self.frame.last
        return not inside or room not in self.frame.rooms


def asked_by_script() -> bool:
    """Whether the board's script asks, which wants parts instead of a page."""
    return request.headers.get("Accept") == SCRIPT


@dataclass
class Answer:
    """What changed on a board, to be told to the page that shows it."""

    event: Event
    account: Account
    shown: Shown
    noted: Noted = field(default_factory=dict)

    @classmethod
    def to(cls, event: Event, account: Account, fields: Mapping[str, str]) -> "Answer":
        """To whom; reads what of the hints is noted. One statement."""
        return cls(event, account, Shown.read(fields), acknowledged_in(event))

    def changes(
        self, before: Board, after: Board, said: Sequence[str], numbers: Iterable[int]
    ) -> Response:
        """The cards that look otherwise after than before, and what that means in words."""
        old, new = self._cards(before), self._cards(after)
        different = {key: card for key, card in new.items() if old.get(key) != card}
        words = [*said, *sentence_of_conflicts(before.checked, after.checked)]
        foreign = news_since(self.event, self.shown.mark, self.account)
        return self._json(
            after,
            different,
            gone=sorted(old.keys() - new.keys()),
            said=" ".join(words),
            mark=self.shown.mark if foreign else mark_of(self.event),
            reload=any(self.shown.lacks(after, number) for number in numbers),
        )

    def everything(
        self, board: Board, said: Sequence[str], mark: int, problem: str = ""
    ) -> Response:
        """All cards as they are now; the page finds out which look otherwise."""
        cards = self._cards(board)
        lacking = any(self.shown.lacks(board, number) for number in board.sessions)
        return self._json(
            board,
            cards,
            all=True,
            said=" ".join(said),
            mark=mark,
            reload=lacking,
            gone=[],
            problem=problem,
        )

    def _cards(self, board: Board) -> dict[int, Card]:
        return cards_of(board, self.shown.frame, self.noted)

    def _json(self, board: Board, cards: Mapping[int, Card], **more: Any) -> Response:
        card_html = get_template_attribute(PARTS, "block")
        rendered = {
            str(key): {
                "cell": card.cell,
                "html": str(card_html(self.event, card, CALM)),
            }
            for key, card in cards.items()
        }
        return jsonify(
            cards=rendered,
            troubles=troubles_html(board, troubles_of(board, self.noted)),
            steps=steps_html(board, self.account),
            hard=len(hard_of(board)),
            **more,
        )


def troubles_html(board: Board, troubles: Troubles) -> str:
    """The list of conflicts as the page has it."""
    return render_template(
        "programme/board/troubles.html",
        event=board.event,
        troubles=troubles,
        confirm=ConfirmForm(),
        board=board,
        written_way=written_way,
    )


def not_moved(answer: Answer, problem: DomainError, board: Board) -> Response:
    """Why nothing was moved, both versions where a colleague was faster, and all as it is now."""
    rows, number = [], None
    if isinstance(problem, MovedMeanwhile):
        number = problem.number
        session = session_for_organiser(answer.event, number)
        whole = programme_of(answer.event)
        rows = differences(SessionForm(whole, session), problem.differences, whole)
    text = render_template(
        "programme/board/not_moved.html",
        event=answer.event,
        problem=problem,
        session=board.sessions.get(number or 0),
        differences=rows,
    )
    return answer.everything(board, [str(problem.text)], answer.shown.mark, problem=text)


def steps_html(board: Board, account: Account) -> str:
    """The buttons that undo and redo."""
    offered, _entries = offered_steps(board.event, account, board.sessions)
    return render_template(
        "programme/board/steps.html", event=board.event, offered=offered, confirm=ConfirmForm()
    )
