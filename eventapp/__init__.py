"""eventapp."""
