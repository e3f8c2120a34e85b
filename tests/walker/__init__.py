"""Every address for every role, on own, foreign and confidential objects, against a table."""
