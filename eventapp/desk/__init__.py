"""Desk: pages that show several slices at once: front page, personal page, organiser's home."""
