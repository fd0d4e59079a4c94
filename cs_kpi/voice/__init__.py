"""What customers say: who answered what, who did not, and what became of them."""
