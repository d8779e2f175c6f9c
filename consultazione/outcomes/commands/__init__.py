"""What happens to outcomes: opened by a worker, answered by the unions, closed by the rule."""
