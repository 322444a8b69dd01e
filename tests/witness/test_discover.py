from conceptbook.witness.discover import PageWitness, discover

ELEMENT = '<conceptbook-witness data-concept="{}" data-witness="{}"></conceptbook-witness>'


def test_every_element_of_every_page_is_found(tmp_path):
    pages = {
        "index.html": "<p>Nothing runs here.",
        "b/two/index.html": ELEMENT.format("b/two", "live") + ELEMENT.format("b/two", "model"),
        "a/one/index.html": f"<main>{ELEMENT.format('a/one', 'witness')}</main>",
        "claims/a/one/holds.html": ELEMENT.format("a/one", "witness"),
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert discover(tmp_path) == [
        PageWitness("a/one/", "a/one", "witness"),
        PageWitness("b/two/", "b/two", "live"),
        PageWitness("b/two/", "b/two", "model"),
        PageWitness("claims/a/one/holds.html", "a/one", "witness"),
    ]


def test_text_that_only_speaks_of_the_element_is_none(tmp_path):
    (tmp_path / "index.html").write_text(
        "<!-- <conceptbook-witness data-concept='x'> --><code>&lt;conceptbook-witness></code>"
        "<script>'<conceptbook-witness>'</script>"
    )
    assert discover(tmp_path) == []
