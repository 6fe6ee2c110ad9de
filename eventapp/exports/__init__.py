"""Exports: lists of guests to take along, for the door, the host, the kitchen and the file.

Owns which columns a list has and who took one when; the rows belong to registrations, how a file is
written is `foundation.tabular`.
"""
