"""KPIs: declarations over measures, and the readings that follow from them."""
