"""A card's page: what it shows, and what is done on it."""
