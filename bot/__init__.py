"""The outermost layer: settings, wiring, command line, logs and channels."""
