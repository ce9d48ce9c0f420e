"""Functions that join parts to a URL.

url-join 4 and 5 (https://github.com/jfromaniello/url-join), proper-url-join 2, urljoin 0.1, url-joiner 2, ufo 1
(https://github.com/unjs/ufo#joinurl), urlcat 3 (https://github.com/balazsbotond/urlcat: of its parameters only the base
and the path are read), @std/url of Deno.
"""

from callaudit.libraries.model import Join, Library

LIBRARY = Library(
    name="url-joiner",
    packages=(
        "url-join",
        "proper-url-join",
        "urljoin",
        "url-joiner",
        "ufo",
        "urlcat",
    ),
    exports={
        "default": Join(),
        "urlJoin": Join(),
        "urljoin": Join(),
        "joinURL": Join(),
        "urlcat": Join(),
        "join": Join(),
    },
)
