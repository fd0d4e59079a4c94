"""The core of the CS KPI workbench: from a team's spreadsheets to readings, names, charts and slides.

Knows nothing of Streamlit; everything a page does can be done from here in a notebook.
"""
