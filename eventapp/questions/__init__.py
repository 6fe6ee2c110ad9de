"""Questions that an organiser adds to the form, and what people answered."""
