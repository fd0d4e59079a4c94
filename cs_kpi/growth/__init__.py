"""Growth: who may buy more, of what they have or of another product, and who is better left alone."""
