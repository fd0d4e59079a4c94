"""Where every customer stands: health by band and size, who moved since the last closing, and why."""
