"""The channel adapter for the web chat that delivery uses."""

from domain.channels import WEB
from domain.messages import TEXT_LIMIT, Outgoing
from scheduling.channel import ONE_BOT, UNLIMITED, Abilities, Delivered, Delivery, Recipient


class WebChannel:
    """Delivering a web message means storing it: pages read it from the store.

    Whether a person saw it is recorded separately, when the page reports it (`Web.mark_seen`).
    """

    name = WEB
    abilities = Abilities(buttons=True, edits=False, files=True, text_limit=TEXT_LIMIT)
    bots = ONE_BOT
    rates = UNLIMITED

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Always `Delivered`: the message is in the store."""
        return Delivered()
