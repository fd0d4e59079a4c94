"""What is drawn inside the axes: a module per family of kinds, a list of layers per figure."""
