"""Tables of other programs → records of ours: what a column means, what a cell says, what is wrong with a row."""
