"""What happens because time passed: tick, remind, escalate, deliver, tidy."""
