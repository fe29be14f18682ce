"""Legal documents as data, and the loader that checks them."""
