"""Rate limits for pages that strangers can call; counted in Redis when one is set."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)
