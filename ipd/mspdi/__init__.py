"""Project files: the XML that Microsoft Project and its kin exchange (MSPDI), read and written.

`reading.read` makes a picture of a plan out of bytes, `writing.write` bytes out of a picture;
neither touches the database. What we have no column for stays in the pictures' `extra`.
"""
