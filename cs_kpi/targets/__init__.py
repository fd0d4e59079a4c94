"""What may become of the numbers: drivers, projection with its fan, goal seek and scenarios."""
