"""The web chat as delivery sees it."""

from domain.messages import TEXT_LIMIT, Outgoing
from scheduling.channel import Abilities, Delivered, Delivery


class WebChannel:
    """A message of the web is delivered by being written down: pages read it from the store.

    Whether a person saw it is another matter; his page says so (`Web.mark_seen`).
    """

    name = "web"
    abilities = Abilities(buttons=True, edits=True, files=True, text_limit=TEXT_LIMIT)

    async def send(self, address: str, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Delivered, always."""
        return Delivered()
