"""Minutes as a `Paper`: for ODT and Akoma Ntoso, and the record that binds several together."""
