"""Measures durations, memory and query counts; run with `make bench`."""
