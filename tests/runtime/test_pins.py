from conceptbook.runtime.pins import Pin, integrity

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_integrity_of_nothing_is_that_of_the_sri_specification():
    assert integrity(EMPTY) == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_pin_knows_its_own_bytes():
    assert Pin("empty", 0, EMPTY).fault(b"") is None


def test_a_pin_says_what_is_wrong_with_other_bytes():
    assert Pin("empty", 0, EMPTY).fault(b"x") == "1 bytes instead of 0"
    assert Pin("one", 1, EMPTY).fault(b"x").endswith(f"instead of {EMPTY}")
