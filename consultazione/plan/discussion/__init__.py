"""What is said about blocks: comments with their answers, and suggested changes."""
