"""Django's PostgreSQL, with a pool that knows when the server is away."""

from typing import Any

import psycopg
import psycopg_pool
from django.db.backends.postgresql import base

# Seconds that a request waits for a connection while the server was away when somebody last asked. With the pool's own
# time, a few requests would stop all threads of the desk.
IMPATIENCE = 0.5


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Raises PoolTimeout if all connections are in use, and another OperationalError if there is no server."""
        pool = self.pool
        if pool is None:
            return super().get_new_connection(conn_params)
        patience = self.settings_dict["OPTIONS"]["pool"]["timeout"]
        before = _errors(pool)
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg_pool.PoolTimeout as error:
            # Nothing but time says so: the pool goes on trying by itself.
            if _errors(pool) > before or pool.timeout == IMPATIENCE:
                pool.timeout = IMPATIENCE
                raise psycopg.OperationalError("the server does not answer") from error
            raise
        pool.timeout = patience
        return connection


def _errors(pool: "psycopg_pool.ConnectionPool[Any]") -> int:
    """How often it could not connect."""
    return pool.get_stats().get("connections_errors", 0)
