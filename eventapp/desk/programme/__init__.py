"""The public programme: its pages, what has changed, the screen in the foyer, the frame on other
sites. Everything is read from the newest release; only a person's own words are not of a release.
"""
