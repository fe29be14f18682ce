"""How long things take; run with `make bench`."""
