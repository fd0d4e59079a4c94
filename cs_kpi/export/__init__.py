"""Figures and tables as files that people take along: pictures, slides, csv, workbooks."""
