"""The board: rooms across, times down, sessions moved by hand, undone and redone.

It stands on the programme's rules and moves (`timetable`, `actions/moving`); they do not know it.
`sheet`, `landing` and `steps` are pure: where sessions stand, where a drop ends, and what of one's
own steps may be taken back or taken again.
"""
