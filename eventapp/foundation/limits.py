"""Rate limits for pages that strangers can call; counted in Redis when one is set.

While that Redis is away each process counts for itself: a personal link must still open.
"""

from typing import cast

from flask import Flask, Response
from flask.globals import _cv_request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

COUNTED = "_limiter_request_context"  # what Flask-Limiter leaves at a request that it counted


class CountingWhereAsked(Limiter):
    """There are no limits but those at views, whose decorators count by themselves.

    Flask-Limiter asks before and after every request as well, for 0.1 ms.
    """

    def init_app(self, app: Flask) -> None:
        """As Flask-Limiter's; its hooks come to life at requests that were counted."""
        super().init_app(app)
        if not self.enabled:
            return  # then it has hung up none
        app.before_request_funcs[None].remove(self._check_request_limit)
        settle = app.after_request_funcs[None].pop()
        leave = app.teardown_request_funcs[None].pop()

        @app.after_request
        def settle_where_counted(response: Response) -> Response:
            """Count afterwards what depends on the answer."""
            return cast(Response, settle(response)) if _was_counted() else response

        @app.teardown_request
        def leave_where_counted(problem: BaseException | None) -> None:
            """Forget what was counted for this request."""
            if _was_counted():
                leave(problem)


def _was_counted() -> bool:
    return hasattr(_cv_request.get(None), COUNTED)


limiter = CountingWhereAsked(
    get_remote_address,
    default_limits=[],
    headers_enabled=False,
    in_memory_fallback_enabled=True,
)
