"""Accounts: host organisations, their organisers, roles, sign-in, legal pages and audit trail."""
