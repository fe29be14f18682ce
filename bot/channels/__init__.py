"""One folder or file per channel; each reads updates and sends messages. None imports another."""
