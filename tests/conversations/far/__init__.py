"""The transcripts on the channels of other services: each must show what the terminal shows.

The servers are local mock servers, everything else is real: the texts go over HTTP to our poller or
web server, and the test compares what a person sees there, with buttons as numbered lines.
"""

from tests.conversations.far.playing import Far, Medium
from tests.conversations.far.shapes import same
from tests.conversations.far.telegram import Telegram
from tests.conversations.far.web import Web
from tests.conversations.far.zalo import ZaloChat

__all__ = ["Far", "Medium", "Telegram", "Web", "ZaloChat", "same"]
