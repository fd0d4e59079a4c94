"""Measures: functions from one period of the Book to a vector with one number per customer."""
