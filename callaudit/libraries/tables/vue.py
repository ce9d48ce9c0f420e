"""Vue 2.7 and 3: https://vuejs.org/api/reactivity-core.html, /api/composition-api-lifecycle.html.

What is watched runs when it changes, of `watchEffect` at once as well. Nuxt and build plugins give all of it without
an import: https://nuxt.com/docs/guide/concepts/auto-imports.
"""

from callaudit.libraries.model import Arg, Give, Hold, Invoke, Library, Model, Quiet

_ONCE = Invoke()
_LATER = Invoke(how="event")
_EXPORTS: dict[str, Model] = {
    **dict.fromkeys(("onMounted", "onBeforeMount", "onServerPrefetch", "watchEffect", "watchPostEffect"), _ONCE),
    **dict.fromkeys(("onActivated", "onUpdated", "onBeforeUpdate", "onDeactivated"), _LATER),
    **dict.fromkeys(("onUnmounted", "onBeforeUnmount", "onScopeDispose", "onErrorCaptured"), _LATER),
    "watch": Invoke((Arg(1),), how="event"),
    **dict.fromkeys(("ref", "shallowRef"), Hold("value")),
    **dict.fromkeys(("defineComponent", "defineAsyncComponent", "markRaw", "toRaw"), Give()),
    **dict.fromkeys(("reactive", "shallowReactive", "readonly"), Give()),
    # what an app shows is a page of its own: `frameworks/vue_routes.py`
    **dict.fromkeys(("createApp", "createSSRApp"), Quiet()),
    "nextTick": Invoke(how="later"),
}

LIBRARY = Library(
    name="vue", packages=("vue", "@vue/composition-api", "@vue/runtime-core", "#imports", ""), exports=_EXPORTS
)
