"""What a DOCX or an ODT holds, as blocks; read in a process of its own."""
