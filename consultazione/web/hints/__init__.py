"""What is said to somebody before they publish; nothing is refused by it."""
