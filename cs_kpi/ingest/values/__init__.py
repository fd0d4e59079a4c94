"""What stands in cells, read as dates, amounts, ids, flags and choices: our own parsers over unique values."""
