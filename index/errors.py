"""Everything that can go wrong with a library, worded for the person who opened it.

LibraryError                    `str(error)` is one line: what failed, which folder or value, what to do
├── LibraryMissing              no library in this folder
├── LibraryOutdated             made by another version of this program
├── LibraryDamaged              library.db or the vectors cannot be read
├── LibraryBusy                 another process has been writing for too long
├── DocumentUnknown             no document of this name
├── RecordUnknown               no record of this id
├── CorrectionUnknown           no correction of this number
├── FilterInvalid               a filter value that is not of the accepted form
└── ModelUnusable               the embedding model is not there, or not the one that was tested
VectorsDamaged                  inside index/ only: the vector store cannot be read; the library rebuilds it
"""


class LibraryError(Exception):
    """Something about the library that its user can mend; one line."""


class LibraryMissing(LibraryError):
    """No library in this folder."""


class LibraryOutdated(LibraryError):
    """Made by a version of this program that stored other fields."""


class LibraryDamaged(LibraryError):
    """Not a database, or one that cannot be read."""


class LibraryBusy(LibraryError):
    """Another process has been writing for too long."""


class DocumentUnknown(LibraryError):
    """No document of this name; the message names those there are."""


class RecordUnknown(LibraryError):
    """No record of this id."""


class CorrectionUnknown(LibraryError):
    """No correction of this number that could be taken back."""


class FilterInvalid(LibraryError):
    """A filter value that is not of the accepted form."""


class ModelUnusable(LibraryError):
    """The embedding model is not installed, or its files are not those that were tested."""


class VectorsDamaged(Exception):
    """The vector store cannot be read; its content can be rebuilt from the database."""
