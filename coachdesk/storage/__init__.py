"""The encrypted file on disk: keys, the open store, migrations, backups. It knows no table of the practice."""
