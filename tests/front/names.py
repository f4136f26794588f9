"""Names of headers and of query fields that a request may bear, to show that a page is the same whatever they say."""

from __future__ import annotations

from itertools import product
from typing import Final

REGISTERED: Final = """
    A-IM Accept Accept-Charset Accept-Datetime Accept-Language Accept-Patch Accept-Post Accept-Ranges
    Access-Control-Allow-Credentials Access-Control-Allow-Headers Access-Control-Allow-Methods
    Access-Control-Allow-Origin Access-Control-Max-Age Access-Control-Request-Headers Access-Control-Request-Method
    Age Allow ALPN Alt-Svc Alt-Used Alternates Apply-To-Redirect-Ref Authentication-Info Authorization
    Available-Dictionary Cache-Control Cache-Status CDN-Cache-Control CDN-Loop Cert-Not-After Client-Cert
    Client-Cert-Chain Close Content-Disposition Content-DPR Content-Encoding Content-Language Content-Location
    Content-MD5 Content-Range Content-Security-Policy Content-Type Cookie Cookie2 Critical-CH
    Cross-Origin-Embedder-Policy DASL Date DAV Delta-Base Depth Destination Device-Memory Digest DNT Downlink DPR
    Early-Data ECT ETag Expect-CT Expires Forwarded From Front-End-Https Hobareg If If-Match If-Modified-Since
    If-Range If-Schedule-Tag-Match If-Unmodified-Since IM Keep-Alive Label Last-Event-ID Last-Modified Link Location
    Lock-Token Max-Forwards Memento-Datetime Meter MIME-Version Negotiate NEL OData-Version Ordering-Type Origin
    Origin-Agent-Cluster Overwrite P3P Permissions-Policy Ping-From Ping-To Position Pragma Prefer
    Preference-Applied Priority Profile-Object Protocol Proxy Proxy-Authenticate Proxy-Authorization
    Proxy-Connection Proxy-Status Public-Key-Pins Purpose Range Redirect-Ref Referer Referrer-Policy Refresh
    Replay-Nonce Repr-Digest Retry-After RTT Save-Data Schedule-Tag Sec-CH-Prefers-Color-Scheme
    Sec-CH-Prefers-Reduced-Motion Sec-CH-UA Sec-CH-UA-Arch Sec-CH-UA-Mobile Sec-CH-UA-Model Sec-CH-UA-Platform
    Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-GPC Sec-Purpose Sec-WebSocket-Key
    Sec-WebSocket-Protocol Sec-WebSocket-Version Server Server-Timing Service-Worker Set-Cookie Signature SLUG
    SoapAction SourceMap Status-URI Sunset Surrogate-Capability Surrogate-Control TCN TE Timeout Timing-Allow-Origin
    Topic Traceparent Tracestate Trailer TTL Upgrade-Insecure-Requests Urgency URI User-Agent Variant-Vary Vary
    Version Via Viewport-Width Want-Digest Warning Width WWW-Authenticate X-Content-Type-Options X-Csrf-Token
    X-Device X-Do-Not-Track X-Forwarded X-Moz X-Requested-With X-Robots-Tag X-UA-Compatible X-Wap-Profile
""".split()  # noqa: SIM905  more easily read
MAKERS: Final = """
    X- X-Original- X-Forwarded- X-Rewrite- X-Override- X-HTTP- X-Real- X-Client- X-Cluster-Client- X-Proxy- X-Remote-
    X-Server- X-Backend- X-Custom- X-Amz- X-Amz-Cf- X-Akamai- X-Azure- X-Envoy- X-Cloud- X-Varnish- X-Cache- X-Request-
    X-Accel- X-Sendfile- X-Wp- X-Geo- X-Debug- X-User- CF- Fastly- True- Akamai- Fly- Incap- Cloudfront- Ali- Base-
    Http- Proxy- Redirect- Sec-
""".split()  # noqa: SIM905  more easily read
THINGS: Final = """
    Host Url Uri Path Method Scheme Proto Protocol Port Ip For Server Server-Name By User Prefix Query Language Country
    City Device Device-Type Encoding Format Version Id Key Token Path-Info Request-Uri Request-Method Method-Override
    Ssl Https Origin Referer Page Cache Debug Test Preview Template Theme Charset Nonce Type Mode Status Action
""".split()  # noqa: SIM905  more easily read
FRAMING: Final = {"connection", "content-length", "expect", "host", "transfer-encoding", "upgrade"}
"""These say where a request ends and whom it is for."""
CHOOSING: Final = {"accept-encoding", "if-none-match"}
"""By these a reader chooses the form of a page, or none."""

HEADERS: Final = sorted(
    {name.lower() for name in (*REGISTERED, *(a + b for a, b in product(MAKERS, THINGS)))} - FRAMING - CHOOSING
)
QUERIES: Final = (
    *("utm_source", "fbclid", "gclid", "callback", "jsonp", "lang", "format", "amp", "page", "p", "id", "url", "next"),
    *("preview", "debug", "theme", "template", "_method", "v", "nocache"),
)
