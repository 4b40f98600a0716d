"""The steps that bring a record file from one format to the next, run by Alembic; nobody else imports them."""
