"""cacheable 1 and 2, @cacheable/memoize 2 (https://cacheable.org/docs/memoize): milliseconds, or words such as `1h`."""

from callaudit.libraries.model import Arg, Keep, Library

_KEEP = Keep(ttl=(Arg(1, "ttl"),))

LIBRARY = Library(
    name="cacheable",
    packages=("cacheable", "@cacheable/memory", "@cacheable/memoize"),
    exports={"Cacheable.wrap": _KEEP, "CacheableMemory.wrap": _KEEP, "wrap": _KEEP, "wrapSync": _KEEP},
)
