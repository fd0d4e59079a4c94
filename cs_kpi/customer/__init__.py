"""One customer on one page: everything that the data says of it, and of those most like it."""
