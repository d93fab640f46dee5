"""From a reading and an account to advice: what to say, what is open, what escalation says."""
