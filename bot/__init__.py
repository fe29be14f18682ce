"""The rim: settings, wiring, command line, logs and channels."""
