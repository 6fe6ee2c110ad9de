"""Whoever was not invited: registering in public, confirming, being approved by staff."""
