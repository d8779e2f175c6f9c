"""What happens to the plan: outcomes are forwarded, contributions answered, paragraphs written."""
