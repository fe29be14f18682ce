"""One-time codes: ten random letters of base32."""

import secrets

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_GROUP = 5


def new_code() -> str:
    """ "ABCDE-FGH23": fifty bits in two groups that can be read out over the telephone."""
    letters = [secrets.choice(_LETTERS) for _ in range(2 * _GROUP)]
    return f"{''.join(letters[:_GROUP])}-{''.join(letters[_GROUP:])}"
