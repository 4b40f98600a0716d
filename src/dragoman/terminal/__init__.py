"""What a person sees of a record: words, tables and explanations for a terminal. Knows finished records only."""
