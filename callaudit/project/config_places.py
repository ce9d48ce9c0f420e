"""Where the names in a tsconfig.json lead, always inside the root."""

from __future__ import annotations

from callaudit.project.reading import inside, real_place

_CONFIG_DIR = "${configDir}"


class ConfigPlaces:
    """Turns names in configuration files into paths relative to the project's root."""

    def __init__(self, root: str, package_dirs: dict[str, str]) -> None:
        """Start with the root, absolute, and the folders of the repository's own packages by name."""
        self._root = root.rstrip("/") + "/"
        self._package_dirs = package_dirs

    def of_option(self, name: str, folder: str, leaf: str) -> str | None:
        """Return the path of an option's value that is written in `folder`; None outside the root.

        `leaf` is the folder of the configuration that the compiler is started with: `${configDir}`.
        """
        if name.startswith(_CONFIG_DIR):
            return inside(leaf, "." + name[len(_CONFIG_DIR) :])
        if name.startswith("/"):
            return inside("", name[len(self._root) :]) if name.startswith(self._root) else None
        return inside(folder, name)

    def of_extends(self, folder: str, name: str) -> list[str]:
        """Return where the file that `extends: name` in `folder` means may be; none are outside the root."""
        if name.startswith(("./", "../", "/", "${")) or name in {".", ".."}:
            place = self.of_option(name, folder, folder)
            return [] if place is None else [place]
        parts = name.split("/")
        size = 2 if name.startswith("@") else 1
        package, rest = "/".join(parts[:size]), "/".join(parts[size:])
        places = []
        if package in self._package_dirs:
            places.append(inside(self._package_dirs[package], rest or "."))
        above = [folder[:at] for at in range(len(folder), 0, -1) if at == len(folder) or folder[at] == "/"]
        places += [inside(place, f"node_modules/{name}") for place in [*above, ""]]
        return [place for place in places if place is not None]

    def of_reference(self, folder: str, name: str) -> str | None:
        """Return the file that an item of `references` in `folder` means, None when there is none inside."""
        place = inside(folder, name)
        return None if place is None else self.existing(place)

    def existing(self, place: str) -> str | None:
        """Return the real path of the JSON file at `place`, which may leave out its end as `extends` may."""
        for candidate in (place, f"{place}.json", f"{place}/tsconfig.json" if place else "tsconfig.json"):
            real = real_place(self._root.rstrip("/"), candidate)
            if real is not None and real.endswith(".json"):
                return real
        return None
