"""Everything that can go wrong with a file, worded for the person who gave it.

IngestError                     the file cannot be taken in; the message says which file, what is wrong, what to do
├── FileMissing                 no such file or folder
├── UnsupportedFormat           no reader for this kind of file
├── EncryptedFile               a password is needed
├── EmptyFile                   no bytes, or no content at all
├── UnreadableFile              damaged, or not what its name says
└── CorrectionInvalid           what a field of a record is to be set to is no value of that field
"""


class IngestError(Exception):
    """The file cannot be taken in; `str(error)` is one line for the user."""


class FileMissing(IngestError):
    """No such file or folder."""


class UnsupportedFormat(IngestError):
    """No reader for this kind of file."""


class EncryptedFile(IngestError):
    """A password is needed."""


class EmptyFile(IngestError):
    """No bytes, or no content at all."""


class UnreadableFile(IngestError):
    """Damaged, or not what its name says."""


class CorrectionInvalid(IngestError):
    """No such field, or no value of it; the message says which there are, or what is accepted."""
