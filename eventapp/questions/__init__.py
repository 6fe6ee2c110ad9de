"""Questions that an organiser adds to the form, and what people answered.

Owns the questions, their conditions, the limited places of their choices, and the answers; knows
people only by the number of their registration. Who is asked what, and when, is said by the slice
above (`registrations`); docs/questions.md tells the rules in plain words.
"""
