"""The steps from an older format of the record to the newest, run by Alembic; loaded only where a file needs one."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, migrations: str) -> None:
    """Run the steps that lie at ``migrations`` (``package:folder``) in the transaction of this connection."""
    config = Config()
    config.set_main_option("script_location", migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
