"""The screen of an order or a document: what it says, its items, its totals."""
