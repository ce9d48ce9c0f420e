"""Alarms of browser extensions: https://developer.chrome.com/docs/extensions/reference/api/alarms.

webextension-polyfill 0.12 (https://github.com/mozilla/webextension-polyfill) and WXT offer the same as a package.
"""

from callaudit.libraries.model import Invoke, Library

_ALARM = Invoke(how="timer", mechanism="alarms.onAlarm", set_apart=True)
_HEARD = "alarms.onAlarm.addListener"
PACKAGES = ("webextension-polyfill", "webextension-polyfill-ts", "wxt/browser", "@wxt-dev/browser")

LIBRARIES = (
    Library(
        name="web-extension",
        packages=PACKAGES,
        exports=dict.fromkeys((f"default.{_HEARD}", f"browser.{_HEARD}", f"*.{_HEARD}", _HEARD), _ALARM),
    ),
    Library(
        name="web-extension",
        packages=("",),
        exports={f"{name}.{_HEARD}": _ALARM for name in ("chrome", "browser")},
    ),
)
