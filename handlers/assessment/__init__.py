"""One assessment as a turn reads, judges and saves it, and the texts of its verdicts."""
