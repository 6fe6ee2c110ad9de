"""Registrations: who comes, who waits, what they answered, and what they consented to."""
