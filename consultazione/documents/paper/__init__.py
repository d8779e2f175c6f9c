"""The view model of all documents, and what is made of it: a page, a PDF, an ODT."""
