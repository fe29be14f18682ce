"""The rules and the words between rooms: standard library only, no clock, no files, no await."""
