"""The whole assistant as it is configured, with the services it talks to on this machine."""
