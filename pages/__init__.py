"""The pages of the app, one file a page, and in `_ui` what they share."""
