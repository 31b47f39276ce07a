"""My record: what a client's page is for a client, for the coach's own sessions and promises."""

from __future__ import annotations

from coachdesk.ui.dialogs.choose_client import oneself
from coachdesk.ui.pages.client import ClientPage


class MyRecordPage(ClientPage):
    """The coach's own record; it is made when it is first looked at."""

    def arrive(self, client_id: str = "", tab: str = "", **what: object) -> None:  # noqa: ARG002
        """Show oneself."""
        with self.shell.telling():
            super().arrive(oneself(self.desk).id, tab, **what)
