"""What a text says about the open question or page: the one reader of answers.

`alone` reads the reply to one question, `page` cuts a line into the replies of a page and reads
each with `alone`, `replies` says what a message means while answers wait to be confirmed.
"""
