"""Easy-to-read summaries (*linguaggio facile*) beside documents, as Inclusion Europe asks."""
