"""A small DER writer. It builds what a sound library refuses to build: that is what it is for."""
import datetime


def tlv(tag, *parts):
    body = b"".join(parts)
    length = len(body)
    if length < 128:
        return bytes([tag, length]) + body
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + body


def sequence(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *sorted(parts))


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def boolean(value):
    return tlv(0x01, b"\xff" if value else b"\x00")


def octets(body):
    return tlv(0x04, body)


def bits(body, unused=0):
    return tlv(0x03, bytes([unused]), body)


def null():
    return tlv(0x05)


def utf8(text):
    return tlv(0x0C, text.encode())


def printable(text):
    return tlv(0x13, text.encode("ascii"))


def ia5(text):
    return tlv(0x16, text if isinstance(text, bytes) else text.encode("ascii"))


def context(number, *parts, constructed=True):
    return tlv((0xA0 if constructed else 0x80) | number, *parts)


def oid(dotted):
    numbers = [int(part) for part in dotted.split(".")]
    body = b""
    for number in [numbers[0] * 40 + numbers[1]] + numbers[2:]:
        chunk = [number & 0x7F]
        while number := number >> 7:
            chunk.append(0x80 | number & 0x7F)
        body += bytes(reversed(chunk))
    return tlv(0x06, body)


def time(text):
    """UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5)."""
    moment = datetime.datetime.fromisoformat(text)
    if moment.year < 2050:
        return tlv(0x17, moment.strftime("%y%m%d%H%M%SZ").encode())
    return tlv(0x18, moment.strftime("%Y%m%d%H%M%SZ").encode())


def generalized_time(text):
    """GeneralizedTime whatever the year."""
    return tlv(0x18, datetime.datetime.fromisoformat(text).strftime("%Y%m%d%H%M%SZ").encode())


def named_bits(*numbers):
    """A BIT STRING of named bits without trailing zeros (X.690 11.2.2)."""
    if not numbers:
        return bits(b"")
    width = max(numbers) + 1
    value = sum(1 << (width - 1 - number) for number in numbers)
    size = (width + 7) // 8
    unused = size * 8 - width
    return bits((value << unused).to_bytes(size, "big"), unused)
