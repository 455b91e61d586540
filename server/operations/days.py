"""The end of the business day: nobody waits, or blocks a counter, until tomorrow."""

from sqlalchemy import select

from server.domain import numbering
from server.domain.facts import TicketChanged
from server.domain.lifecycle import Action
from server.storage import steps
from server.storage.session import Work
from server.storage.tables import IS_UNENDED, Site, Step

DAY_CLOSED = "day_closed"
BATCH = 200


def close_day(work: Work, *, site_id: int) -> int:
    """End what earlier days left: who waits is cancelled, who is served is finished.

    Answers with how many steps were ended, at most a batch; call again until it is 0.
    """
    work.lock_site(site_id)
    timezone = work.execute(select(Site.timezone).where(Site.id == site_id)).scalar_one()
    today = numbering.business_day(work.now, timezone)
    left = list(
        work.execute(
            select(Step.id)
            .where(Step.site_id == site_id, IS_UNENDED, Step.day < today)
            .limit(BATCH)
        ).scalars()
    )
    for step_id in left:
        step = steps.step(work, step_id)
        steps.move(work, step, Action.CLOSE_DAY, by=None, reason=DAY_CLOSED)
        work.tell(TicketChanged(site_id, step.ticket_id))
    return len(left)
