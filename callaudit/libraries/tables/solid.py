"""Solid 1: https://docs.solidjs.com/reference/basic-reactivity/create-resource.

A resource asks its fetcher when it is made, and again when its source changes; a memo gives a function of its value.
"""

from callaudit.libraries.model import Arg, Invoke, Library, Query, QueryOptions, Quiet

_ONCE = Invoke()
_RESOURCE = Query(QueryOptions(), (Arg(1), Arg(0)), (Arg(1), Arg(2)), mechanism="createResource")

LIBRARIES = (
    Library(
        name="solid",
        packages=("solid-js",),
        exports={
            **dict.fromkeys(
                ("createEffect", "createRenderEffect", "createComputed", "createMemo", "onMount", "createRoot"), _ONCE
            ),
            "onCleanup": Invoke(how="event"),
            "createResource": _RESOURCE,
            "lazy": Invoke(returns="result"),
        },
    ),
    # what `render` is handed is a page of its own: `flow/components/documents.py`
    Library(name="solid", packages=("solid-js/web",), exports=dict.fromkeys(("render", "hydrate"), Quiet())),
)
