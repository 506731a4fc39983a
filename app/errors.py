"""What the user can mend: the message is one line, naming what failed, which value or file, and what to do."""


class AppError(Exception):
    """The request cannot be met; `str(error)` is one line for the user."""
