"""From the bytes of a file to checked canonical tables: sheets, headers, mapping, values, shapes, refusals."""
