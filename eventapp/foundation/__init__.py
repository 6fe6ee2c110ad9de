"""Foundation: database, clock, mail outbox, tokens, text, calendar and table writing.

Nothing in here knows what an event is; every module would make sense in an app about libraries.
"""
