"""Tables, transactions and migrations: the only home of the database."""
