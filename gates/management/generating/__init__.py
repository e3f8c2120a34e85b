"""A company as large as one likes, made inside PostgreSQL: for measuring, not for reading."""
