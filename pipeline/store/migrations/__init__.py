"""The migrations of the store, oldest first in ``versions``; a migration that was released is never edited."""
