"""Two accounts of one human, joined. Here, since it must look at votes before it is done."""
