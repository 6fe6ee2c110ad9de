"""The address book: people, organisations, municipalities, distribution lists and their import.

A contact belongs to one host organisation. This slice knows how people are addressed, where they
live and whether they want to be invited at all; it leaves to others who was invited to what
(`invitations`) and who came (`registrations`).
"""
