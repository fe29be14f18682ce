"""Every timeout, size and count of the Zalo channel, with its unit and its reason."""

from typing import Final

TEXT_UNITS: Final = 1_900
"""UTF-16 units of one message. Zalo says 2,000 characters without naming the unit; we use the
strictest of the usual ones.
"""

SENDS_A_SECOND: Final = 2.0
"""Messages a second of one bot. Zalo publishes no rate and answers both a burst and a used-up month
with 429, so this stays far below what any service allows: a digest for fifty people takes 25 s.
"""

EACH_CHAT_S: Final = 1.0
"""Seconds between two messages in one chat; for the same reason, and a person reads more slowly
anyway.
"""

QUOTA_PAUSES_S: Final = (60.0, 300.0, 900.0, 3_600.0)
"""Pause after a 429, longer each time in a row. Zalo does not say whether the rate limit or the
month was exceeded: a burst is over after a minute; for a month, one try an hour is enough.
"""

CONNECT_S: Final = 10.0
"""Seconds to connect to the server, also over a bad line."""

ANSWER_S: Final = 20.0
"""Seconds for the response to a message; after that, it is unknown whether it was sent."""

POLL_S: Final = 30
"""Seconds that Zalo holds a poll open; its own default."""

POLL_MARGIN_S: Final = 15.0
"""Seconds that the response to a poll may be late before the client gives up."""

BETWEEN_POLLS_S: Final = 1.0
"""Seconds from the start of one poll to the next: if a server repeats the same update, the loop
must not run without a pause.
"""

BACKOFF_S: Final = (2.0, 5.0, 15.0, 60.0)
"""Seconds until the next poll after failures in a row."""

AUTH_PAUSE_S: Final = 300.0
"""Seconds between retries with a refused token: only an operator can change it."""

ANSWER_BYTES: Final = 256 * 1024
"""Longest response read: one update with 2,000 characters and its URLs has about 20 kB."""

CALLS_AT_ONCE: Final = 64
"""Webhook calls of one bot that may wait at the same time: its fifty people, all at once. Further
calls are told to retry, so that waiting calls use bounded memory.
"""

PARK_WITHIN_S: Final = 10.0
"""Seconds to wait for the database in order to park a message whose turn could not start."""

TAKE_UP_AGAIN_S: Final = 2.0
"""Seconds until parked messages are retried while the database is busy."""

LOOK_FOR_PARKED_S: Final = 30.0
"""Seconds between checks for messages that another process parked before it ended."""

PARKED_LIVES_S: Final = 600.0
"""Seconds that the words of a parked message are kept. After ten minutes the sender has put the
telephone away and is asked to send them again; they may be about a case.
"""

STRANGERS_UNTIL: Final = 0.5
"""Share of a bot's month up to which strangers are answered: the rest is for people who were let
in.
"""

ANSWERED_WITHIN_S: Final = 60.0
"""Seconds in which a stranger is answered or not at all: later the stranger no longer looks at the
telephone.
"""

WAITED_FOR_S: Final = 2.0
"""Seconds that the messages behind a stranger's wait until the answer is sent."""

ANSWERS_AT_ONCE: Final = 20
"""Answers to strangers in progress: twice what a bot sends in a day."""

ID_LENGTH: Final = 128
"""Characters of an id: Zalo's have 20; a longer text is not an id."""

IMAGE_BYTES: Final = 10 * 1024 * 1024
"""A photo of a page from a telephone has 2 to 6 MB."""

IMAGE_S: Final = 15.0
"""Seconds to fetch one picture; the sender is waiting for an answer."""

IMAGE_REDIRECTS: Final = 3
"""Redirects: a picture server may redirect to its storage, and that to a copy near us."""
