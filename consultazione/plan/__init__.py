"""The plan: contributions, answers and paragraphs with their pedigree."""
