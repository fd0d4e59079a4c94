"""From scores to what is done: who comes first, playbooks, actions, the touch model, goals, and whether it worked."""
