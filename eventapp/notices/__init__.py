"""Notices: mails to many that are due on a day, read by an organiser first, sent once to each."""
