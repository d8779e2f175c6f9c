"""The whole plan as one document: its view model, and the page, PDF and ODT made from it."""
