"""One person registered twice: who seems so, and making one of two."""
