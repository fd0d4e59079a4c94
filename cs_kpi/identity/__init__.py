"""Who is who across sheets: keys given to customers, spellings of one customer, parents, and changed ids."""
