"""What a programme must hold: rules, conflicts, ways out, arranging. Pure: no Flask, no SQL.

`checks` is the entrance: it holds a timetable against all rules, or only against those that a
change touches. `entries` says what a timetable is made of.
"""
