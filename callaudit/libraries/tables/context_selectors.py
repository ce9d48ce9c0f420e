"""Contexts of which components read a part: use-context-selector 2, @fluentui/react-context-selector 9.

https://github.com/dai-shi/use-context-selector: `useContextSelector(context, selector)` gives what the selector makes
of the value.
"""

from callaudit.libraries.model import Arg, Consume, Library, Provide

LIBRARY = Library(
    name="use-context-selector",
    packages=("use-context-selector", "@fluentui/react-context-selector"),
    exports={
        "createContext": Provide(),
        "useContext": Consume(),
        "useContextSelector": Consume(selector=Arg(1)),
    },
)
