"""One assessment as a turn reads, judges and saves it, and its verdicts put into words."""
