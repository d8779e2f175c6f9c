"""Mail on its way out: set, put into its envelope, and handed over or kept."""
