"""Exports: attendee lists for people and programs."""
