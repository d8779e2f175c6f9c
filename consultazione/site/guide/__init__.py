"""How to take part and what the words mean; what search engines and chats read of the site."""
