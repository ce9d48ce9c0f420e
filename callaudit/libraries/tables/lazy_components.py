"""Components that are loaded when they are shown first: what the loader gives is the component.

@loadable/component 5 (https://loadable-components.com/docs/api-loadable-component/), react-loadable 5
(https://github.com/jamiebuilds/react-loadable), react-lazy-with-preload 2, preact-iso 2, Solid 1.
"""

from callaudit.libraries.model import Arg, Invoke, Library

_LOADED = Invoke(returns="result")
_BY_OPTIONS = Invoke((Arg(0, "loader"),), returns="result")

LIBRARIES = (
    Library(
        name="lazy-components",
        packages=("@loadable/component", "react-lazy-with-preload", "preact-iso", "preact-iso/lazy"),
        exports=dict.fromkeys(("default", "default.lib", "loadable", "lazy", "lazyWithPreload"), _LOADED),
    ),
    Library(name="lazy-components", packages=("react-loadable",), exports={"default": _BY_OPTIONS}),
)
