"""eventapp."""

import gc

# A program of many small objects that live as long as it does: at Python's own threshold of 700 the
# collector walks through all of them again and again, a tenth of the time it takes to start.
gc.set_threshold(20_000, 10, 10)
