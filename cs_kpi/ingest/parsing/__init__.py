"""From the bytes of a file to cells, in a child process with limits: nothing here knows of customers."""
