"""Onboarding in full: the criterion and what changing it does, steps, pace, and which goal goes with retention."""
