"""Names, and the batch forms in which their rules reach Python."""
from array import array

import pytest

import fedval

PAIRS = [("example.com", "expe.example.com"), ("example.com", "expe.sub.example.com"),
         ("acano.steven.lab", "vcse.steven.lab"), ("example.com", "example.com"), ("example.com", "."),
         ("example.com", "192.0.2.1"), ("EXAMPLE.com.", "Expe.Example.COM."), ("a\0b.com", "x.a\0b.com"),
         ("", ""), ("b\u00fccher.example", "x.b\u00fccher.example"), ("\udc80", "x.com")]


def packed(names):
    items = [name.encode("utf-8", "surrogatepass") for name in names]
    offsets = array("I", [0])
    for item in items:
        offsets.append(offsets[-1] + len(item))
    return b"".join(items), offsets


def test_srv_match_says_how():
    assert fedval.srv_match("example.com", "expe.example.com") is fedval.SrvMatch.MATCH
    assert fedval.srv_match("example.com", "expe.sub.example.com") == "deeper"


def test_every_form_says_the_same():
    one_by_one = [fedval.srv_match(*pair) for pair in PAIRS]
    assert fedval.srv_match_many(PAIRS) == one_by_one
    assert fedval.srv_match_many(iter(PAIRS)) == one_by_one
    text, offsets = packed([name for pair in PAIRS for name in pair])
    for buffer in (text, bytearray(text), memoryview(text)):
        assert list(fedval.srv_match_packed(buffer, offsets)) == [match.number for match in one_by_one]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_batches_of_few(count):
    assert fedval.srv_match_many(PAIRS[:count]) == [fedval.srv_match(*pair) for pair in PAIRS[:count]]
    text, offsets = packed([name for pair in PAIRS[:count] for name in pair])
    assert len(fedval.srv_match_packed(text, offsets)) == count


def test_offsets_that_leave_the_text_are_refused():
    for offsets in ([0, 5, 100], [5, 2, 3]):
        with pytest.raises(fedval.ArgumentError):
            fedval.srv_match_packed(b"example", array("I", offsets))
    for offsets in (b"", b"abc", array("I", [0, 1]), array("Q", [0, 1, 2])):
        with pytest.raises(ValueError):
            fedval.srv_match_packed(b"example", offsets)


@pytest.mark.parametrize("pairs", [[("a.example",)], [("a.example", "b", "c")], [("a", "b", "c"), ("d", "e", "f")],
                                   [("a", "b", "c"), ("d",)]])
def test_what_are_no_pairs_is_refused(pairs):
    for given in (pairs, iter(pairs)):
        with pytest.raises(ValueError):
            fedval.srv_match_many(given)


def test_a_name_is_brought_into_its_one_form():
    assert fedval.normalise("B\u00fccher.Example.") == ("xn--bcher-kva.example", fedval.NameKind.INTERNATIONALISED)
    with pytest.raises(fedval.SyntaxFault) as caught:
        fedval.normalise("a..b")
    assert caught.value.message == fedval.NameFault.EMPTY_LABEL
    assert fedval.sip_domain("sip:2000@Acano.steven.lab:5061;transport=tls").text == "acano.steven.lab"
    with pytest.raises(fedval.NotFoundError):
        fedval.sip_domain("tel:+4930123")


def test_records_in_the_order_of_the_edge():
    assert fedval.order_srv([(10, 0), (0, 5), (0, 9)]) == [2, 1, 0]
    assert fedval.order_srv([]) == []
