"""Events: series and their events, venues with rooms, partners; the life of an event."""
