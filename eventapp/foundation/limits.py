"""Rate limits for pages that strangers can call; counted in Redis when one is set.

While that Redis is away each process counts for itself: a personal link must still open.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, after_this_request, request
from flask.globals import _cv_request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

from eventapp.foundation.logs import log

View = TypeVar("View", bound=Callable[..., Any])
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

    def limit_wrong(
        self, limit: str, *, asker: Callable[[], str], is_wrong: Callable[[Response], bool]
    ) -> Callable[[View], View]:
        """Refuse who was wrong too often at this address; who is right is never counted.

        The storage is asked directly, for an eighth of what Flask-Limiter takes. It decides where
        somebody has to be refused, and where the storage is away.
        """
        allowed = parse(limit)
        by_flask_limiter = self.limit(limit, key_func=asker, deduct_when=is_wrong)

        def limited(view: View) -> View:
            careful = by_flask_limiter(view)

            @wraps(view)
            def counted(*args: Any, **values: Any) -> Any:
                if not self.enabled:
                    return view(*args, **values)
                keys = (asker(), request.endpoint or "")
                if not self._may_go_on(allowed, keys):
                    return careful(*args, **values)

                @after_this_request
                def count(response: Response) -> Response:
                    if is_wrong(response):
                        self._note(allowed, keys)
                    return response

                return view(*args, **values)

            return cast(View, counted)

        return limited

    def _note(self, allowed: RateLimitItem, keys: tuple[str, str]) -> None:
        """Count; a storage that has gone away since it was asked spoils no answer."""
        try:
            self.limiter.hit(allowed, *keys)
        except Exception as problem:  # as below
            log.warning("a limit was not counted", problem=type(problem).__name__)

    def _may_go_on(self, allowed: RateLimitItem, keys: tuple[str, str]) -> bool:
        """Whether the storage is there and says yes."""
        try:
            return not self._storage_dead and self.limiter.test(allowed, *keys)
        except Exception:  # whatever a storage raises: Flask-Limiter then falls back
            return False


def _was_counted() -> bool:
    return hasattr(_cv_request.get(None), COUNTED)


limiter = CountingWhereAsked(
    get_remote_address,
    default_limits=[],
    headers_enabled=False,
    in_memory_fallback_enabled=True,
)
