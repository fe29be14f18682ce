"""The transcripts on channels of other people's: what each shows must be what the terminal shows.

The servers are local, everything else is real: the words go over HTTP to our own poller or web
server, and what is compared is what a person would see there, buttons read as numbered lines.
"""

from tests.conversations.far.playing import Far, Medium
from tests.conversations.far.shapes import same
from tests.conversations.far.telegram import Telegram
from tests.conversations.far.web import Web
from tests.conversations.far.zalo import ZaloChat

__all__ = ["Far", "Medium", "Telegram", "Web", "ZaloChat", "same"]
