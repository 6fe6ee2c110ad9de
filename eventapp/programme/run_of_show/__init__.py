"""The run of show (Regieplan): what happens minute by minute, for sound, light, video and stage.

Owns the lines of the plan, how late it runs, and the link by which a crew without accounts reads
it. Times, rooms and people of lines that belong to a session follow the draft of the programme;
nothing here ever changes the programme or what guests see.
"""
