"""A session on asyncio: dnspython asks DNS, the `ssl` module of Python connects, libfedval judges.

usage: own_session.py DOMAIN [RESOLVER[:PORT]]
"""
from __future__ import annotations

import asyncio
import ssl
import sys

import dns.asyncresolver
import dns.exception
import dns.resolver

import fedval


async def look_up(resolver: dns.asyncresolver.Resolver, question: fedval.Question) -> fedval.Fact:
    """The fact of a DNS question."""
    assert question.name is not None
    source = f"dnspython {', '.join(map(str, resolver.nameservers))}"
    try:
        answer = await resolver.resolve(question.name, str(question.type), search=False, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN:
        return fedval.Fact("nxdomain", source=source)
    except dns.resolver.NoNameservers as error:
        return fedval.Fact("servfail", source=source, detail=str(error))
    except dns.exception.Timeout:
        return fedval.Fact("timeout", source=source)
    records = []
    for rrset in answer.response.answer:
        owner = rrset.name.to_text()
        for data in rrset:
            if data.rdtype == dns.rdatatype.SRV:
                records.append(fedval.Record.srv(owner, data.target.to_text(), data.port, priority=data.priority,
                                                 weight=data.weight, ttl=rrset.ttl))
            elif data.rdtype == dns.rdatatype.CNAME:
                records.append(fedval.Record.cname(owner, data.target.to_text(), ttl=rrset.ttl))
            elif data.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA):
                records.append(fedval.Record.address(owner, data.address, ttl=rrset.ttl))
    outcome = "answer" if any(record.type == question.type for record in records) else "nodata"
    return fedval.Fact(outcome, tuple(records), source=source)


async def connect(question: fedval.Question, timeout: float) -> fedval.Fact:
    """The fact of a probe. Python's ssl hands out the end-entity certificate alone: the fact says so."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # libfedval judges
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(
            question.address, question.port, ssl=context, server_hostname=question.host), timeout)
    except asyncio.TimeoutError:
        return fedval.Fact("timeout")
    except ConnectionRefusedError:
        return fedval.Fact("refused")
    except ssl.SSLError as error:
        return fedval.Fact("not-tls" if "WRONG_VERSION" in str(error) else "closed", detail=str(error))
    except ConnectionResetError:
        return fedval.Fact("reset")
    except OSError as error:
        return fedval.Fact("unreachable", detail=str(error))
    tls = writer.get_extra_info("ssl_object")
    fact = fedval.Fact.handshake([tls.getpeercert(binary_form=True)], chain_complete=False, tls_version=tls.version(),
                                 tls_cipher=tls.cipher()[0], source="Python ssl")
    writer.close()
    return fact


async def gather(session: fedval.Session, resolver: dns.asyncresolver.Resolver) -> None:
    """Asks what the session wants to know, all open questions at once."""
    async def answer(question: fedval.Question) -> None:
        if question.kind == fedval.QuestionKind.DNS:
            session.supply(question, await look_up(resolver, question))
        elif question.look == fedval.Look.ANY and question.address is not None:
            session.supply(question, await connect(question, 5))
        else:
            session.skip(question)  # ssl cannot offer less than it has

    while not session.is_done:
        await asyncio.gather(*(answer(question) for question in session.questions()))


def main() -> int:
    if len(sys.argv) not in (2, 3):
        sys.exit((__doc__ or "").strip())
    resolver = dns.asyncresolver.Resolver(configure=len(sys.argv) == 2)
    if len(sys.argv) == 3:
        host, _, port = sys.argv[2].partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    resolver.lifetime = 5
    judge = fedval.Judge(fedval.Policy(allow_private=True), anchors=fedval.Anchors.system())
    session = fedval.Session(sys.argv[1], judge)
    asyncio.run(gather(session, resolver))
    report = judge.evaluate(session.evidence())
    print(report.to_text(), end="")
    return {"pass": 0, "fail": 1}.get(report.verdict, 2)


if __name__ == "__main__":
    sys.exit(main())
