"""What a typed text asks of a card: each of its words, in the name, the client or an open task.

A condition in SQL text: how many words there are is known when they are typed, and reads that take it are SQL text too.
"""

from __future__ import annotations

from dataclasses import dataclass

from minicrm_tui.domain.text import fold


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a typed text; a card matches when it has all of them."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def condition(self) -> str:
        """SQL over the columns `folded` and `search`, beginning with AND."""
        return " AND (instr(folded, ?) OR instr(search, ?))" * len(self.words)

    @property
    def values(self) -> tuple[str, ...]:
        """The values for the condition's marks."""
        return tuple(word for word in self.words for _twice in range(2))

    def match(self, folded: str, search: str) -> bool:
        """The same as the condition, of a card that was read already."""
        return all(word in folded or word in search for word in self.words)

    def narrow(self, others: Words) -> bool:
        """Whether what has these words has the others too: each of those is a part of one of these."""
        return all(any(other in word for word in self.words) for other in others.words)


def words_of(text: str) -> Words:
    """The words of a typed text, the rarest (longest) asked for first."""
    return Words(tuple(sorted(set(fold(text).split()), key=len, reverse=True)))
