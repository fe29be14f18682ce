"""Tests of the room of legal documents."""
