"""Runs the migrations inside the transaction that `pipeline.store.opening` has begun.

Comes in: an open connection, in the configuration's attributes. Goes out: tables of the newest revision. Refuses nothing: who opens the
store has looked at the database before.
"""

from __future__ import annotations

from alembic import context

from pipeline.store.tables import REVISION_TABLE, metadata


def run() -> None:
    """Run what is missing on the connection that was handed in."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=REVISION_TABLE,
        transactional_ddl=True,
    )
    context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic loads this file; anybody else only looks at it
    run()
