"""What administrators see and do on the page of one person: name, rights, sign-ins, history."""
