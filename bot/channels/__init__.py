"""One file per channel; each reads updates and sends messages, and none knows another."""
