"""Rate limits for pages that strangers can call; counted in Redis when one is set.

While that Redis is away each process counts for itself: a personal link must still open.
"""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(
    get_remote_address,
    default_limits=[],
    headers_enabled=False,
    in_memory_fallback_enabled=True,
)
