"""What can be the absolute address of a site."""

import pytest
from conceptbook.model.settings import base_url_fault


@pytest.mark.parametrize(
    "url",
    [
        "https://me.github.io/notes/",
        "https://example.org",
        "http://localhost/",
        "http://localhost:8000/a/b",
        "http://127.0.0.1:80/",
        "https://b\u00fccher.example/\u00fc/",
    ],
)
def test_addresses(url):
    assert base_url_fault(url) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "no web address"),
        ("/notes/", "no web address"),
        ("ftp://example.org/", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("https://", "no host"),
        ("https://intranet/", "no host"),
        ("https://.../", "no host"),
        ("https://example.org:65536/", "port"),
        ("https://example.org:0/", "no host"),
        ("https://example.org:x/", "port"),
        ("https://[::1/", "cannot be read"),
        ("https://me@example.org/", "a user or a password"),
        ("https://me:secret@example.org/", "a user or a password"),
        ("https://example.org/?q=1", "a query"),
        ("https://example.org/?", "a query"),
        ("https://example.org/#top", "a fragment"),
        ("https://example.org/a/../b/", '".."'),
        ("https://example.org/%2e%2e/", '".."'),
        ("https://example.org/a b/", "no web address"),
        ('https://example.org/"><script>', "no web address"),
    ],
)
def test_what_is_none(url, words):
    assert words in (base_url_fault(url) or "")
