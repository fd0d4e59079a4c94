"""How customers use the service: how often they come back, whose use fell, and what onboarding changed."""
