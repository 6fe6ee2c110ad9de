"""Programme: sessions, slots, panels, talk rounds, contributors, and the timetable's conflicts."""
