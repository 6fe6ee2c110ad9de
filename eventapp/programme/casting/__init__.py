"""Who is asked to speak, moderate or sign, who stands in, in which order, and their papers.

The room stands on the programme's rules: a part in a session and its states are there, here are the
steps that people take with them. The rules do not know it.
"""
