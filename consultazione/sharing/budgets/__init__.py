"""The participatory budget: residents say on what a sum should be spent; a consultative act."""
