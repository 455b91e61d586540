"""The shapes of request bodies, and their checks."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from server.domain.centre import LONGEST_PRINTER_NAME


def _storable(text: str) -> str:
    """No NUL and no half characters: a database would refuse them later and less kindly."""
    if "\x00" in text:
        raise ValueError("must not contain NUL")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("is not well-formed Unicode") from None
    return text


Text = Annotated[str, AfterValidator(_storable)]
Code = Annotated[Text, Field(min_length=1, max_length=60)]
Reason = Annotated[Text, AfterValidator(str.strip), Field(max_length=300)]
GivenReason = Annotated[Reason, Field(min_length=1)]
"""More than blanks: it is kept in the history, for whoever asks why."""
_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$"
PrinterName = Annotated[Text, Field(min_length=1, max_length=LONGEST_PRINTER_NAME)]
Id = Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]


class Body(BaseModel):
    """Base of all bodies: unknown keys are refused, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid", strict=True)


class IssueTicket(Body):
    """What the citizen came for: exactly one of `service`, `procedure`, `procedures`."""

    service: Code | None = None
    procedure: Code | None = None
    procedures: Annotated[list[Code], Field(min_length=1, max_length=10)] | None = None
    priority: Code | None = None
    language: Annotated[str, Field(max_length=8, pattern=_LANGUAGE)] = "vi"
    printer: PrinterName | None = None

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        given = [g for g in (self.service, self.procedure, self.procedures) if g is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of service, procedure, procedures")
        if len(set(self.all_procedures)) != len(self.all_procedures):
            raise ValueError("name each procedure once")
        return self

    @property
    def all_procedures(self) -> list[str]:
        """The procedures of the visit, in order."""
        if self.procedures is not None:
            return list(self.procedures)
        return [] if self.procedure is None else [self.procedure]


class TicketGuard(Body):
    """`ticket`: the ticket that the screen believes to be at the counter."""

    ticket: Id | None = None


class HoldTicket(TicketGuard):
    reason: Reason | None = None


class TransferTicket(TicketGuard):
    """Exactly one of `service` (a code) and `counter` (an id)."""

    service: Code | None = None
    counter: Id | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def _one_goal(self) -> Self:
        if (self.service is None) == (self.counter is None):
            raise ValueError("give exactly one of service, counter")
        return self


class CallChosen(Body):
    ticket: Id
    reason: GivenReason


class WithReason(Body):
    reason: GivenReason


class CancelTicket(Body):
    """Staff must give a reason."""

    reason: GivenReason | None = None


class Reprint(Body):
    printer: PrinterName | None = None


class LogIn(Body):
    login: Annotated[Text, Field(min_length=1, max_length=60)]
    password: Annotated[Text, Field(min_length=1, max_length=200)]


class AskPairing(Body):
    kind: Annotated[str, Field(pattern=r"^(kiosk|display)$")]


class ClaimPairing(Body):
    secret: Annotated[Text, Field(min_length=1, max_length=100)]


class ConfirmPairing(Body):
    code: Annotated[Text, Field(min_length=1, max_length=20)]
    name: Annotated[Text, Field(min_length=1, max_length=100)]
    hall: Code | None = None
    printer: PrinterName | None = None


class Nothing(Body):
    """No body, or `{}`."""
