"""The one reader of answers."""
