"""Commands of the places in the hall: register, and withdraw."""
