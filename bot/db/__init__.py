"""The ledger in SQLAlchemy: tables, migrations and the adapters behind the ports of the services."""
