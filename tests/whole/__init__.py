"""The whole assistant as it is configured, with mock services on this machine."""
