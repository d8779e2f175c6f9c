"""What proves who somebody is: passwords, proofs for one act, links to choose a password anew."""
