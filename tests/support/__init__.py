"""What tests share: things made by the product's commands, and the product driven from outside."""
