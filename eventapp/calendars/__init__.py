"""Calendars: feeds and files of events and sessions, for programs that subscribe or import.

Owns how they are asked for, validated and kept; what an entry says is `calendar_entry` in the slice
that owns the thing, and how it is written is `foundation.ics`. Nothing is stored here.
"""
