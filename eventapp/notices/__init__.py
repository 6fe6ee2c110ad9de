"""Notices: mails to many that are due on a day, read by an organiser first, sent once to each.

Every event has two by rule, whether anybody has opened them or not: the reminder to invited people
who are silent, and the practical information for guests. A row exists from the first change on.
"""
