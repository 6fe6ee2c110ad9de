"""Consents and voluntary needs: what a person allows, wishes and may take back at any time.

Kept apart from the registration that they belong to, seen by few, and deleted on their own day.
"""
