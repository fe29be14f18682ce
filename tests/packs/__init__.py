"""Tests of the package `packs`."""
