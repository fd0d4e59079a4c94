"""Sheets that tell money or use month by month, in columns or in rows."""
