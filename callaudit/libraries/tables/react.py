"""React 18 and 19 and what wraps components: effects run, memoized functions are their argument."""

from callaudit.libraries.model import Give, Hold, Invoke, Library, Model

_HOOKS: dict[str, Model] = {
    "useEffect": Invoke(how="once"),
    "useLayoutEffect": Invoke(how="once"),
    "useInsertionEffect": Invoke(how="once"),
    "useCallback": Give(),
    "useEffectEvent": Give(),
    "useMemo": Invoke(returns="result"),
    "useRef": Hold(),
    "useState": Invoke(returns="nothing"),
    "useTransition": Invoke(()),
    "startTransition": Invoke(),
    "use": Give(),
    "cache": Give(),
    "memo": Give(),
    "forwardRef": Give(),
    "lazy": Invoke(returns="result"),
}

LIBRARY = Library(
    name="react",
    packages=("react", "preact/hooks", "preact/compat"),
    exports={**_HOOKS, **{f"default.{name}": model for name, model in _HOOKS.items()}},
)
