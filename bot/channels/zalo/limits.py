"""Every wait, size and count of the Zalo channel, with its unit and its reason."""

from typing import Final

TEXT_UNITS: Final = 1_900
"""UTF-16 units of one message. Zalo says 2,000 characters and not which; nobody counts higher."""

SENDS_A_SECOND: Final = 2.0
"""Messages of one bot. Zalo publishes no rate and answers both a burst and a used-up month with
429, so this stays far below what any service allows: a digest for fifty people takes 25 s."""

EACH_CHAT_S: Final = 1.0
"""Seconds between two messages in one chat; as above, and a person reads slower anyway."""

QUOTA_PAUSES_S: Final = (60.0, 300.0, 900.0, 3_600.0)
"""Silence after a 429, longer each time in a row. Zalo does not say whether it was the second or
the month: a burst is over after a minute, a month is not worth more than one try an hour."""

CONNECT_S: Final = 10.0
"""Seconds to reach the server, also over a bad line."""

ANSWER_S: Final = 20.0
"""Seconds for an answer to a message: slower than that it is unknown whether it was sent."""

POLL_S: Final = 30
"""Seconds that Zalo holds a poll open; its own default."""

POLL_MARGIN_S: Final = 15.0
"""An answer to a poll may come so much later than asked before it is given up."""

BETWEEN_POLLS_S: Final = 1.0
"""Seconds from the beginning of one poll to the next: a server that repeats the same update
must not make us spin."""

BACKOFF_S: Final = (2.0, 5.0, 15.0, 60.0)
"""Seconds until the next poll after failures in a row."""

AUTH_PAUSE_S: Final = 300.0
"""Seconds between tries with a token that is refused: only an operator can change it."""

ANSWER_BYTES: Final = 256 * 1024
"""Longest answer read: one update with 2,000 characters and its addresses is some 20 kB."""

CALLS_AT_ONCE: Final = 64
"""Webhook calls of one bot that may wait at the same time: its fifty people, all at once. What
is more is told to come again, so that waiting costs bounded memory."""

PARK_WITHIN_S: Final = 10.0
"""Seconds to find a moment for keeping a message aside when its turn could not start."""

TAKE_UP_AGAIN_S: Final = 2.0
"""Seconds until parked messages are tried again while the database is busy."""

LOOK_FOR_PARKED_S: Final = 30.0
"""Seconds between looks for messages that another process parked and left."""

STRANGERS_UNTIL: Final = 0.5
"""Share of a bot's month up to which strangers are answered at all: what is left then is for
those who were let in."""

ANSWERED_WITHIN_S: Final = 60.0
"""Seconds in which a stranger is answered or not at all: later he has put his telephone away."""

WAITED_FOR_S: Final = 2.0
"""Seconds that the messages behind a stranger's wait for his answer to be sent."""

ANSWERS_AT_ONCE: Final = 20
"""Answers to strangers under way: twice what a bot gives in a day."""

ID_LENGTH: Final = 128
"""Characters of an id: Zalo's have 20; longer ones are no ids."""

IMAGE_BYTES: Final = 10 * 1024 * 1024
"""A photo of a page from a telephone has 2 to 6 MB."""

IMAGE_S: Final = 15.0
"""Seconds to fetch one picture; the sender is waiting for an answer."""

IMAGE_REDIRECTS: Final = 3
"""A picture server may point to its store, which may point to a copy near us."""
