"""Phone numbers, ID documents and public codes: parsing, masking, and encryption at rest."""
