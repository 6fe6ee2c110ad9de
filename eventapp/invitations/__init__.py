"""Invitations: who was asked, in which wave, by which link, and what they replied."""
