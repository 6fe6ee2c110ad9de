"""Registrations: who comes, with whom, who waits, and every step from asking to leaving."""
