"""The text of the plan, block by block: writing, editing, arranging, and where each comes from."""
