"""How proxies are registered and withdrawn: commands, forms, page and REST."""
