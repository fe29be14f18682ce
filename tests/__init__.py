"""The tests have the same folders as the packages."""
