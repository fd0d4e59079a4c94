"""What is odd in a Book, what was left out of it, and what more data would bring."""
