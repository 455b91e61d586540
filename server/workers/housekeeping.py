"""Chores of the night and of restarts: ending days, forgetting keys, finding lost print jobs."""

import logging

from server.operations import days, idempotency, printing
from server.queries.days import sites_with_open_days
from server.storage.session import Database

logger = logging.getLogger(__name__)


class Housekeeping:
    """Chores that the server does every now and then; each is safe to do twice."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close_days(self) -> None:
        """End what earlier business days left, site by site in their own time zones."""
        with self._database.read() as connection:
            sites = sites_with_open_days(connection, self._database.clock())
        for site_id in sites:
            ended = 0
            while batch := self._database.write(days.close_day, site_id=site_id):
                ended += batch
            logger.info("a day was closed", extra={"site_id": site_id, "steps": ended})

    def forget_old_keys(self) -> None:
        """Drop idempotency keys that nobody asks for any more."""
        self._database.write(idempotency.forget_old_keys)

    def find_lost_jobs(self) -> None:
        """Print jobs of a process that died are unconfirmed."""
        self._report_lost(all_of_them=False)

    def after_restart(self) -> None:
        """The only server begins: nobody else can be sending to a printer."""
        self._report_lost(all_of_them=True)

    def _report_lost(self, *, all_of_them: bool) -> None:
        lost = self._database.write(printing.report_lost_jobs, all_of_them=all_of_them)
        if lost:
            logger.warning("print jobs were left in the middle", extra={"jobs": lost})
