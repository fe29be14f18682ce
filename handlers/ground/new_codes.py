"""New one-time codes."""

import secrets

from domain.one_time_codes import NUMBER, grouped, spelled


def new_code() -> str:
    """ "BCGHK-LMN23": two groups that can be read out over the telephone."""
    return grouped(spelled(secrets.randbelow(NUMBER)))
