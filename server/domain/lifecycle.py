"""The states of a ticket and the only table by which they change."""

from enum import StrEnum
from typing import Final

from server.domain.refusals import WrongState


class TicketState(StrEnum):
    """Where a ticket stands; `planned` is a later step of a visit that has not begun to wait."""

    PLANNED = "planned"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    NO_SHOW = "no_show"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What somebody does with a ticket; the word that history keeps."""

    ISSUE = "issue"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    HOLD = "hold"
    RETURN = "return"
    TRANSFER = "transfer"
    CANCEL = "cancel"
    CLOSE_DAY = "close_day"


AT_COUNTER: Final = frozenset({TicketState.CALLED, TicketState.SERVING})
"""States in which a ticket keeps a counter busy."""

ENDED: Final = frozenset({TicketState.FINISHED, TicketState.CANCELLED})

_S, _A = TicketState, Action
TRANSITIONS: Final[dict[tuple[TicketState, Action], TicketState]] = {
    (_S.PLANNED, _A.ISSUE): _S.WAITING,
    (_S.PLANNED, _A.CANCEL): _S.CANCELLED,
    (_S.PLANNED, _A.CLOSE_DAY): _S.CANCELLED,
    (_S.WAITING, _A.CALL): _S.CALLED,
    (_S.WAITING, _A.CANCEL): _S.CANCELLED,
    (_S.WAITING, _A.CLOSE_DAY): _S.CANCELLED,
    (_S.CALLED, _A.RECALL): _S.CALLED,
    (_S.CALLED, _A.START): _S.SERVING,
    (_S.CALLED, _A.FINISH): _S.FINISHED,
    (_S.CALLED, _A.NO_SHOW): _S.NO_SHOW,
    (_S.CALLED, _A.HOLD): _S.HELD,
    (_S.CALLED, _A.RETURN): _S.WAITING,
    (_S.CALLED, _A.TRANSFER): _S.WAITING,
    (_S.CALLED, _A.CANCEL): _S.CANCELLED,
    (_S.CALLED, _A.CLOSE_DAY): _S.FINISHED,
    (_S.SERVING, _A.FINISH): _S.FINISHED,
    (_S.SERVING, _A.HOLD): _S.HELD,
    (_S.SERVING, _A.RETURN): _S.WAITING,
    (_S.SERVING, _A.TRANSFER): _S.WAITING,
    (_S.SERVING, _A.CLOSE_DAY): _S.FINISHED,
    (_S.HELD, _A.RETURN): _S.WAITING,
    (_S.HELD, _A.CANCEL): _S.CANCELLED,
    (_S.HELD, _A.CLOSE_DAY): _S.CANCELLED,
    (_S.NO_SHOW, _A.RETURN): _S.WAITING,
}


def next_state(state: TicketState, action: Action) -> TicketState:
    """The state after the action; raises `WrongState` where the table has no line for it."""
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise WrongState(state=state.value, action=action.value) from None
