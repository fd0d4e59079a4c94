"""What may stand in a deck of slides, and what a deck holds for one book."""
