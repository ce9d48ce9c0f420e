"""Vue Router 3 and 4: https://router.vuejs.org/guide/advanced/navigation-guards.

Its routes are pages (`frameworks/vue_routes.py`); guards run when a user goes to another one.
"""

from callaudit.libraries.model import Invoke, Library, Make

LIBRARY = Library(
    name="vue-router",
    packages=("vue-router",),
    exports={"createRouter": Make("router"), "default": Make("router")},
    clients={
        "router": dict.fromkeys(("beforeEach", "beforeResolve", "afterEach", "onError"), Invoke(how="event")),
    },
)
