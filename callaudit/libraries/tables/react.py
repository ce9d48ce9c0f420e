"""React 18 and 19 and what wraps components: effects run, memoized functions are their argument.

`use` gives what a context or a promise holds: https://react.dev/reference/react/use.
"""

from callaudit.libraries.model import Arg, Consume, Give, Hold, Invoke, Keep, Library, Model, Provide

_EFFECT = Invoke(how="once", depends=Arg(1))
_HOOKS: dict[str, Model] = {
    "useEffect": _EFFECT,
    "useLayoutEffect": _EFFECT,
    "useInsertionEffect": _EFFECT,
    "useCallback": Give(),
    "useEffectEvent": Give(),
    "useMemo": Invoke(returns="result"),
    "useRef": Hold(),
    "useState": Invoke(returns="state"),
    "useTransition": Invoke(()),
    "startTransition": Invoke(),
    "createContext": Provide(),
    "useContext": Consume(),
    "use": Consume(),
    "cache": Keep("dedup"),
    "memo": Give(),
    "forwardRef": Give(),
    "lazy": Invoke(returns="result"),
}

LIBRARY = Library(
    name="react",
    packages=("react", "preact", "preact/hooks", "preact/compat"),
    exports={**_HOOKS, **{f"default.{name}": model for name, model in _HOOKS.items()}},
)
