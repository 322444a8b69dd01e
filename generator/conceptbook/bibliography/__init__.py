"""Bibliographies of other programs: BibTeX, BibLaTeX and CSL, read and written."""
