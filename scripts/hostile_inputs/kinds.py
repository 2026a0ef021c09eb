"""The register of hostile kinds, and what a made input counts."""
from dataclasses import dataclass

KINDS = []


@dataclass(frozen=True)
class Input:
    """A package that was written: its path, and what its memory allowance grows with."""

    path: str
    members: int = 1
    references: int = 0


@dataclass(frozen=True)
class Kind:
    """A family of inputs that grows with one number.

    `small` is doubled to see how the work grows (0: the input has no size), `large` is the size at
    which the peak of memory is measured.
    """

    name: str
    surface: str
    make: object
    small: int
    large: int


def kind(surface, small, large):
    """Registers a function `make(folder, number) -> Input` under its name."""

    def register(make):
        KINDS.append(Kind(make.__name__.replace("_", "-"), surface, make, small, large))
        return make

    return register


def fixed(surface):
    """Registers a function whose input has no size to grow."""
    return kind(surface, 0, 1)
