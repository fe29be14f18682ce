"""Turns what a person typed into meaning: units, numbers, dates, intents."""
