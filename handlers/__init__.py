"""What to do when someone speaks: one conversation for every channel."""
