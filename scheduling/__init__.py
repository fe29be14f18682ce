"""Work that is started by time: tick, remind, escalate, deliver, tidy."""
