"""Strategy code for each kind of change, with the libraries that the repository has and the names of its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.inventory.times import time_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callaudit.advice.known import Known
    from callaudit.load.changes import Change
    from callaudit.load.model import Stream

_REDIS: Final = ("ioredis", "redis", "@upstash/redis")
_LOCAL: Final = ("lru-cache", "node-cache", "keyv")
_QUEUES: Final = ("p-queue", "bottleneck", "p-limit")
_QUERIES: Final = ("@tanstack/react-query", "react-query", "swr")

_REDIS_CACHE: Final = """\
// {library} is a dependency already
export async function cached<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> {{
  const kept = await redis.get(key);
  if (kept !== null) return JSON.parse(kept) as T;
  const fresh = await load();
  await redis.set(key, JSON.stringify(fresh), {{ EX: ttlSeconds }});
  return fresh;
}}

const answer = await cached({key}, {ttl}, () => {call});"""

_REDIS_CACHE_IOREDIS: Final = _REDIS_CACHE.replace("{{ EX: ttlSeconds }}", "'EX', ttlSeconds")

_LOCAL_CACHE: Final = """\
// {library}
const kept = new Map<string, {{ until: number; answer: Promise<unknown> }}>();

export function cached<T>(key: string, ttlSeconds: number, load: () => Promise<T>): Promise<T> {{
  const found = kept.get(key);
  if (found && found.until > Date.now()) return found.answer as Promise<T>;
  const answer = load();
  kept.set(key, {{ until: Date.now() + ttlSeconds * 1000, answer }});
  answer.catch(() => kept.delete(key));
  return answer;
}}

const answer = await cached({key}, {ttl}, () => {call});"""

_DEDUP: Final = """\
const pending = new Map<string, Promise<unknown>>();

export function shared<T>(key: string, load: () => Promise<T>): Promise<T> {{
  const running = pending.get(key);
  if (running) return running as Promise<T>;
  const answer = load().finally(() => pending.delete(key));
  pending.set(key, answer);
  return answer;
}}

const answer = await shared({key}, () => {call});"""

_QUEUE: Final = {
    "p-queue": """\
// p-queue is a dependency already
const queue = new PQueue({{ interval: {window}, intervalCap: {cap} }});
const answer = await queue.add(() => {call});""",
    "bottleneck": """\
// bottleneck is a dependency already
const limiter = new Bottleneck({{
  reservoir: {cap},
  reservoirRefreshAmount: {cap},
  reservoirRefreshInterval: {window},
}});
const answer = await limiter.schedule(() => {call});""",
    "": """\
// no queue is a dependency yet: p-queue does this
const queue = new PQueue({{ interval: {window}, intervalCap: {cap} }});
const answer = await queue.add(() => {call});""",
}

_INTERVAL: Final = {
    "swr": "useSWR(key, fetcher, {{ refreshInterval: {ms} }}); // {was} now",
    "": "useQuery({{ queryKey, queryFn, refetchInterval: {ms} }}); // {was} now",
}


def strategy(change: Change, known: Known) -> Iterator[tuple[str, str]]:
    """Return title and code of what a change may look like in this repository."""
    streams = [stream for stream in known.model.streams if stream.id in change.streams]
    first = max(streams, key=lambda one: (one.calls.expected, -one.id), default=None)
    if first is None:
        return
    packages = known.packages
    call, key = _call(first, known), _key(first, per_account=change.scope != "shared")
    if change.kind == "cache":
        yield f"Cache {first.endpoint}", _cache(packages, key, change.ttl_s or 0, call)
    elif change.kind == "dedup":
        yield f"Share what is in flight of {first.endpoint}", _DEDUP.format(key=key, call=call)
    elif change.kind == "queue":
        yield "Queue what the server sends", _queue(packages, call, known, first)
    elif change.kind == "longer-interval":
        yield from _intervals(streams, change, packages)
    elif change.kind == "no-retry":
        yield f"Ask for {first.endpoint} once", f"const answer = await {call}; // no loop: answer, and look later"
    elif change.kind == "push":
        channel = _channel(first, known)
        code = f'socket.subscribe("{channel}"); // pushes what {first.endpoint} is asked for again and again'
        yield f"Take {first.endpoint} from its channel", code
    elif change.kind == "websocket-only":
        yield "Poll while the socket is down only", "refetchInterval: connected ? false : FALLBACK_INTERVAL,"
    elif change.kind == "key-header":
        profile = known.catalogue.profiles.get(first.provider)
        names = profile.recognise.key_headers if profile is not None else ()
        yield "Send the key", f"headers: {{ '{names[0]}': apiKey }}," if names else "headers: { ...keyHeaders },"


def _cache(packages: Mapping[str, str], key: str, ttl: float, call: str) -> str:
    library = next((name for name in _REDIS if name in packages), "")
    if library:
        template = _REDIS_CACHE_IOREDIS if library == "ioredis" else _REDIS_CACHE
        return template.format(library=library, key=key, ttl=f"{ttl:g}", call=call)
    local = next((name for name in _LOCAL if name in packages), "")
    note = (
        f"{local} is a dependency already, and does this too" if local else "kept in the process: each instance its own"
    )
    return _LOCAL_CACHE.format(library=note, key=key, ttl=f"{ttl:g}", call=call)


def _queue(packages: Mapping[str, str], call: str, known: Known, stream: Stream) -> str:
    library = next((name for name in _QUEUES[:2] if name in packages), "")
    charged = {charge.bucket for charge in stream.charges}
    bucket = next((one for one in known.model.buckets if one.id in charged and one.capacity), None)
    window = int((bucket.window_s or 60) * 1000) if bucket is not None else 60_000
    cap = int(bucket.capacity or 60) if bucket is not None else 60
    return _QUEUE[library].format(window=f"{window:_}", cap=f"{cap:_}", call=call)


def _intervals(streams: list[Stream], change: Change, packages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    query = next((name for name in _QUERIES if name in packages), "")
    template = _INTERVAL["swr" if query == "swr" else ""]
    places: dict[tuple[str, int], Stream] = {}
    for stream in streams:
        places.setdefault((stream.file, stream.line), stream)
    for _, stream in sorted(places.items())[:3]:
        seconds = min((one.seconds for one in stream.alternatives), default=0)
        code = template.format(ms=f"{int(change.seconds * 1000):_}", was=time_words(seconds * 1000))
        yield f"{stream.function or stream.entry} ({stream.file}:{stream.line})", code


def _call(stream: Stream, known: Known) -> str:
    """Write the call as the code does: by the function that stands for the endpoint alone, else by its URL."""
    asked: dict[str, set[str]] = {}
    ways: list[tuple[str, ...]] = []
    for entry in known.inventory.entries:
        for reach in entry.reaches:
            names = tuple(step.function for step in reach.via)
            for name in names:
                asked.setdefault(name, set()).add(f"{reach.method} {reach.path}")
            if (reach.site.file, reach.site.line, reach.path) == (stream.site.file, stream.site.line, stream.path):
                ways.append(names)
    for names in ways:
        for name in reversed(names):
            last = name.rpartition(".")[2]
            # A route or a component may ask for one endpoint too, but it is not what one would wrap.
            if len(asked[name]) == 1 and last.isidentifier() and last[0].islower() and not last.startswith("use"):
                return f"{last}(…)"
    return f"fetch(`https://{stream.host}{stream.path.replace('{', '${')}`)"


def _key(stream: Stream, *, per_account: bool) -> str:
    name = stream.path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"`{name}:${{account}}`" if per_account else f"'{name}'"


def _channel(stream: Stream, known: Known) -> str:
    profile = known.catalogue.profiles.get(stream.provider)
    facts = next((one for one in profile.endpoints if one.id == stream.endpoint), None) if profile is not None else None
    return (facts.channels or facts.signalled_by or ("",))[0] if facts is not None else ""
