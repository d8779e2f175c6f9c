"""The notice of convocation (*avviso di convocazione*) as one document: its page and its PDF."""
