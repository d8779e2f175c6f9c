"""Files of a programme, read line by line: what stands in them, or which place is wrong."""
