"""Answers that are nearly the same: pairs to look at, never a verdict.

Short right answers are alike by themselves. So only what few of the class wrote counts: runs of words of
code (without comments and layout) or of text that at the most `FEW` students have.
"""

import io
import re
import tokenize
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

RUN = 5  # words in a row
FEW = 6  # students who may have the same run, a group of friends
ENOUGH = 25  # unusual runs in common; fewer can be chance
ALIKE = 0.8  # share of the unusual runs of the one who has fewer

_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Pair:
    """Two students, and the share of their unusual runs of words that both have."""

    one: str
    two: str
    share: float


def alike(answers: dict[str, dict[str, str]]) -> list[Pair]:
    """Pairs of students whose answers are nearly the same, the most alike first.

    Args:
        answers: {student: {cell: what was written into it}}, without what was left as it was given.
    """
    runs = {student: set().union(*map(_runs, cells.values())) for student, cells in answers.items()}
    holders = Counter(run for own in runs.values() for run in own)
    rare, sharing = {}, defaultdict(list)
    for student, own in sorted(runs.items()):
        rare[student] = {run for run in own if holders[run] <= FEW}
        for run in rare[student]:
            if holders[run] > 1:
                sharing[run].append(student)
    common = Counter(pair for people in sharing.values() for pair in combinations(people, 2))
    pairs = [
        Pair(one, two, count / min(len(rare[one]), len(rare[two])))
        for (one, two), count in common.items()
        if count >= ENOUGH
    ]
    return sorted((pair for pair in pairs if pair.share >= ALIKE), key=lambda p: (-p.share, p.one, p.two))


def _runs(text):
    words = _words(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _words(text):
    """Words of code, or of anything else that is no code."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return re.findall(r"\w+", text.lower())
    return [token.string.lower() for token in tokens if token.type not in _LAYOUT]
