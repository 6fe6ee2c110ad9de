"""`eventapp demo`: an agency with two events, so that a newcomer finds everything in use.

All persons and organisations are invented; the data lies in the folder `demo`.
"""
