"""What a progress note says of an action: done, open, or not clear."""

from __future__ import annotations

from ingest.types import Rating
from ingest.vocabulary import contains, normalise, vocabulary


def completed(progress: str | None, rating: Rating | None, status: str | None = None) -> bool | None:
    """True when the note (or a blue rating) says the action is done, False when it says it is not, None when it says neither or both.

    `status` is what the rating cell says: in words ("On track", "Overdue") it decides, a letter or colour says nothing of completion.
    """
    if rating == "B":
        return True
    if normalise(status or "") in vocabulary()["completed"]["status"]:
        return False
    said = normalise(progress or "")
    if not said:
        return None
    words = vocabulary()["completed"]
    opens = any(contains(said, w.strip()) for w in words["open"])
    if said.split()[0] in ("completed", "complete", "done", "achieved", "closed"):
        return None if opens else True
    done = any(contains(said, w) for w in words["done"])
    if done == opens or (done and rating in ("R", "A")):
        return None  # a red or amber action of which something is done is not done
    return done
