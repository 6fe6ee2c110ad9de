"""Telling people of a release: a row says whom, the worker writes one digest to each of them.

A digest waits for a quarter of an hour, so that releases in quick succession make one mail; changes
of the day go at once.
"""
