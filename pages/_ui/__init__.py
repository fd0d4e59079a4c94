"""What the pages share: state, guards, caching, pickers, cards, charts and tables. Widgets and calls only."""
