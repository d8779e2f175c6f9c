"""What happens to minutes: drafted by a worker, completed, approved, sealed, published."""
