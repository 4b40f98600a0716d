"""Run the steps on the connection that :mod:`dragoman.storage.database` hands over, all in its one transaction."""

from alembic import context

from dragoman.storage.schema import tables

# Transactional, though Alembic thinks SQLite's DDL is not: database.py opens the transaction itself, so that a kill in
# the middle of a step leaves the file as it was.
context.configure(connection=context.config.attributes["connection"], target_metadata=tables, transactional_ddl=True)
context.run_migrations()
