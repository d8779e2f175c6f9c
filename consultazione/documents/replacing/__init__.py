"""What an order of erasure does to documents: their files go, or words leave what is kept."""
