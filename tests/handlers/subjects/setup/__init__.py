"""The administrator's conversation."""
