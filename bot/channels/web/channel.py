"""The web chat as delivery sees it."""

from domain.channels import WEB
from domain.messages import TEXT_LIMIT, Outgoing
from scheduling.channel import ONE_BOT, UNLIMITED, Abilities, Delivered, Delivery, Recipient


class WebChannel:
    """A message of the web is delivered by being written down: pages read it from the store.

    Whether a person saw it is another matter; his page says so (`Web.mark_seen`).
    """

    name = WEB
    abilities = Abilities(buttons=True, edits=False, files=True, text_limit=TEXT_LIMIT)
    bots = ONE_BOT
    rates = UNLIMITED

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Delivered, always."""
        return Delivered()
