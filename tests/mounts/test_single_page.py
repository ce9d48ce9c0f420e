"""Pages of single-page apps: what their routes mount, and what lies around them."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry

A, B, SHELL = "GET api.example.com/a", "GET api.example.com/b", "GET api.example.com/shell"


def component(name: str, path: str) -> str:
    return f"""
        import {{ useEffect }} from "react";
        export function use{name}() {{ useEffect(() => {{ fetch("https://api.example.com/{path}"); }}, []); }}
        export function {name}(props: any) {{ use{name}(); return <div>{{props.children}}</div>; }}
        export default {name};
        """


PAGES = (("Alpha", "a"), ("Beta", "b"))
BASE: Files = {
    "package.json": '{"dependencies": {"react": "19", "react-dom": "19", "react-router-dom": "6"}}',
    "src/a.tsx": component("Alpha", "a"),
    "src/b.tsx": component("Beta", "b"),
    "src/shell.tsx": component("Shell", "shell"),
}
IMPORTS = """
    import { Alpha } from "./a";
    import { Beta } from "./b";
    import { Shell } from "./shell";
    """
MAIN = """
    import { createRoot } from "react-dom/client";
    import { App } from "./app";
    createRoot(document.getElementById("root")!).render(<App />);
    """
ROUTES = {
    "elements of version 6": """
        import { BrowserRouter, Routes, Route } from "react-router-dom";
        export const App = () => (
          <BrowserRouter>
            <Shell />
            <Routes>
              <Route path="/" element={<Alpha />} />
              <Route path="/b" element={<Beta />} />
            </Routes>
          </BrowserRouter>
        );
        """,
    "components of version 5": """
        import { BrowserRouter, Switch, Route } from "react-router-dom";
        export function App() {
          return (
            <BrowserRouter><Shell><Switch>
              <Route exact path="/" component={Alpha} />
              <Route path="/b"><Beta /></Route>
            </Switch></Shell></BrowserRouter>
          );
        }
        """,
    "objects": """
        import { createBrowserRouter, RouterProvider } from "react-router-dom";
        const router = createBrowserRouter([
          { path: "/", element: <Shell />, children: [
            { index: true, element: <Alpha /> },
            { path: "b", Component: Beta },
          ] },
        ]);
        export const App = () => <RouterProvider router={router} />;
        """,
    "lazy objects": """
        import { createBrowserRouter, RouterProvider } from "react-router";
        const router = createBrowserRouter([
          { index: true, lazy: () => import("./a") },
          { path: "/b", lazy: async () => ({ Component: Beta }) },
        ]);
        export const App = () => <Shell><RouterProvider router={router} /></Shell>;
        """,
    "lazy components": """
        import { lazy, Suspense } from "react";
        import { BrowserRouter, Routes, Route } from "react-router-dom";
        const First = lazy(() => import("./a"));
        const Second = lazy(() => import("./b").then((m) => ({ default: m.Beta })));
        export const App = () => (
          <BrowserRouter><Shell /><Suspense fallback={null}><Routes>
            <Route index element={<First />} />
            <Route path="b" element={<Second />} />
          </Routes></Suspense></BrowserRouter>
        );
        """,
    "loadable components": """
        import loadable from "@loadable/component";
        import Loadable from "react-loadable";
        import { BrowserRouter, Switch, Route } from "react-router-dom";
        const First = loadable(() => import("./a"), { fallback: null });
        const Second = Loadable({ loader: () => import("./b"), loading: () => null });
        export const App = () => (
          <BrowserRouter><Shell /><Switch>
            <Route exact path="/" component={First} />
            <Route path="/b" component={Second} />
          </Switch></BrowserRouter>
        );
        """,
    "routes behind a component of the program": """
        import { BrowserRouter, Switch, Route, Redirect } from "react-router-dom";
        const PrivateRoute = ({ component: Component, ...rest }: any) => (
          <Route {...rest} render={(props) => (rest.user ? <Component {...props} /> : <Redirect to="/" />)} />
        );
        function Guarded({ path, children }: any) { return <Route path={path}>{children}</Route>; }
        export const App = ({ user }: any) => (
          <BrowserRouter><Shell /><Switch>
            <Guarded path="/"><Alpha /></Guarded>
            <PrivateRoute path="/b" user={user} component={Beta} />
          </Switch></BrowserRouter>
        );
        """,
    "useRoutes": """
        import { useRoutes } from "react-router-dom";
        export function App() {
          const element = useRoutes([{ path: "/", element: <Alpha /> }, { path: "/b", element: <Beta /> }]);
          return <Shell>{element}</Shell>;
        }
        """,
    "routes on a condition": """
        import { createBrowserRouter, createRoutesFromElements, Route } from "react-router-dom";
        import { RouterProvider, Navigate } from "react-router-dom";
        export function App({ user, failed }: any) {
          const router = createBrowserRouter(createRoutesFromElements(
            <Route element={<Shell />}>
              {failed ? null : (
                <>
                  {user && <><Route index element={user ? <Alpha /> : <Navigate to="/b" />} /></>}
                  <Route path="b" element={user && <Beta />} />
                </>
              )}
            </Route>,
          ));
          return <RouterProvider router={router} />;
        }
        """,
    "objects on a condition": """
        import { createBrowserRouter, RouterProvider, Navigate } from "react-router-dom";
        const user = localStorage.getItem("user");
        const router = createBrowserRouter([
          { path: "/", element: <Shell />, children: [
            { index: true, element: user ? <Alpha /> : <Navigate to="/b" /> },
            ...(user ? [{ path: "b", element: <Beta /> }] : []),
          ] },
        ]);
        export const App = () => <RouterProvider router={router} />;
        """,
    "nested elements": """
        import { BrowserRouter, Routes, Route } from "react-router-dom";
        export const App = () => (
          <BrowserRouter><Routes>
            <Route element={<Shell />}>
              <Route index element={<Alpha />} />
              <Route path="b" element={<Beta />} />
            </Route>
          </Routes></BrowserRouter>
        );
        """,
}


def project(name: str) -> Files:
    return {**BASE, "src/main.tsx": MAIN, "src/app.tsx": IMPORTS + ROUTES[name]}


@pytest.mark.parametrize("name", ROUTES)
def test_each_route_is_a_page_with_what_is_around_it(name: str) -> None:
    inventory = audited(project(name))
    pages = {item.name: set(called(inventory, "page", item.name)) for item in inventory.entries if item.kind == "page"}
    assert {path: reached - {SHELL} for path, reached in pages.items() if reached - {SHELL}} == {"/": {A}, "/b": {B}}
    assert all(SHELL in reached for reached in pages.values())


@pytest.mark.parametrize("name", ROUTES)
def test_a_hook_is_mounted_on_the_pages_that_show_it(name: str) -> None:
    inventory = audited(project(name))
    assert entry(inventory, "useAlpha").mounted_on == ("/",)
    assert entry(inventory, "useBeta").mounted_on == ("/b",)
    assert entry(inventory, "useShell").mounted_on == ("/", "/b")


@pytest.mark.parametrize("name", ROUTES)
def test_components_of_routes_are_mounted(name: str) -> None:
    inventory = audited(project(name))
    found = {item.name: item.dead for item in inventory.entries if item.name in ("Alpha", "Beta", "Shell")}
    assert found == {"Alpha": False, "Beta": False, "Shell": False}


@pytest.mark.parametrize("name", ROUTES)
def test_what_renders_the_app_is_no_process(name: str) -> None:
    inventory = audited(project(name))
    assert not [item for item in inventory.entries if item.kind == "script" and item.file == "src/main.tsx"]
    assert {reach.origin for item in inventory.entries if item.kind == "page" for reach in item.reaches} == {"browser"}


ROOTS = {
    "createRoot": 'import { createRoot } from "react-dom/client"; createRoot(document.body).render(<Alpha />);',
    "a variable": """
        import ReactDOM from "react-dom/client";
        const root = ReactDOM.createRoot(document.body);
        root.render(<React.StrictMode><Alpha /></React.StrictMode>);
        """,
    "ReactDOM.render": 'import ReactDOM from "react-dom"; ReactDOM.render(<Alpha />, document.body);',
    "components that libraries wrapped": """
        import ReactDOM from "react-dom";
        import { connect } from "react-redux";
        import { withRouter } from "react-router";
        class Around extends React.Component { render() { return <Alpha />; } }
        const Connected = withRouter(connect((state) => ({ state }))(Around));
        ReactDOM.render(<Connected />, document.body);
        """,
    "Solid": 'import { render } from "solid-js/web"; render(() => <Alpha />, document.body);',
    "hydrateRoot": 'import { hydrateRoot } from "react-dom/client"; hydrateRoot(document.body, <Alpha />);',
}


@pytest.mark.parametrize("name", ROOTS)
def test_without_a_router_there_is_one_page(name: str) -> None:
    inventory = audited({**BASE, "src/main.tsx": f'import React from "react";\n{IMPORTS}\n{ROOTS[name]}'})
    assert called(inventory, "page", "/") == {A: (1, 1)}
    assert entry(inventory, "useBeta").dead


SHOWN_CLASSES = {
    "alone": ("", "Orders"),
    "wrapped by libraries": (
        'import { connect } from "react-redux"; import { withRouter } from "react-router";',
        "withRouter(connect((state) => ({ all: state.all }))(Orders))",
    ),
    "wrapped by one that is not known": ('import { observed } from "some-store";', "observed(Orders)"),
}


@pytest.mark.parametrize("name", SHOWN_CLASSES)
def test_a_class_that_a_route_shows_does_what_it_does_when_it_is_mounted(name: str) -> None:
    head, shown = SHOWN_CLASSES[name]
    source = f"""
        import React from "react";
        import {{ BrowserRouter, Route }} from "react-router-dom";
        {head}
        class Orders extends React.Component {{
          componentDidMount() {{ fetch("https://api.example.com/a"); }}
          componentWillUnmount() {{ fetch("https://api.example.com/b"); }}
          render() {{ return null; }}
        }}
        const Shown = {shown};
        export const App = () => <BrowserRouter><Route path="/" component={{Shown}} /></BrowserRouter>;
        """
    inventory = audited({**BASE, "src/main.tsx": MAIN, "src/app.tsx": source})
    assert called(inventory, "page", "/") == {A: (1, 1)}


def test_a_class_that_asks_when_it_is_mounted_and_draws_nothing_of_interest_is_mounted() -> None:
    source = """
        import React from "react";
        class Orders extends React.Component {
          componentDidMount() { fetch("https://api.example.com/a"); }
          render() { return <p>orders</p>; }
        }
        class Unused extends React.Component {
          componentDidMount() { fetch("https://api.example.com/b"); }
          render() { return <p>unused</p>; }
        }
        export { Unused };
        export const App = () => <main><Orders /></main>;
        """
    inventory = audited({**BASE, "src/main.tsx": MAIN, "src/app.tsx": source})
    assert (entry(inventory, "Orders").mounted_on, entry(inventory, "Orders").dead) == (("/",), False)
    assert entry(inventory, "Unused").dead


STATES = {
    "a list that is empty first": ("{ orders: [] }", "this.state.orders.map((one) => <Alpha key={one} />)", (0, None)),
    "a flag that is off first": ("{ open: false }", "this.state.open ? <Alpha /> : <p>closed</p>", (0, 1)),
    "nothing first": ("{ order: null }", "this.state.order && <Alpha />", (0, 1)),
}


@pytest.mark.parametrize("name", STATES)
def test_the_state_of_a_class_is_not_what_it_begins_with(name: str) -> None:
    state, drawn, bounds = STATES[name]
    source = f"""
        import React from "react";
        import {{ Alpha }} from "./a";
        export class App extends React.Component {{
          constructor(props) {{ super(props); this.state = {state}; }}
          render() {{ return <main onClick={{() => this.setState(next())}}>{{{drawn}}}</main>; }}
        }}
        """
    inventory = audited({**BASE, "src/main.tsx": MAIN, "src/app.tsx": source})
    assert called(inventory, "page", "/") == {A: bounds}
    fixed = source.replace("this.setState(next())", "void 0")
    assert called(audited({**BASE, "src/main.tsx": MAIN, "src/app.tsx": fixed}), "page", "/") == {}


def test_another_render_is_no_page() -> None:
    source = 'import { render } from "@testing-library/react"; import { Alpha } from "./a"; render(<Alpha />);'
    assert not [item for item in audited({**BASE, "src/main.tsx": source}).entries if item.kind == "page"]


def test_another_route_is_no_page() -> None:
    source = (
        IMPORTS
        + """
        const Route = (props: any) => <div>{props.element}</div>;
        export const App = () => <Route path="/x" element={<Alpha />} />;
        """
    )
    inventory = audited({**BASE, "src/main.tsx": MAIN, "src/app.tsx": source})
    assert [item.name for item in inventory.entries if item.kind == "page"] == ["/"]
    assert called(inventory, "page", "/") == {A: (1, 1)}


TANSTACK = {
    "file routes": """
        import { createFileRoute } from "@tanstack/react-router";
        export const Route = createFileRoute("/_layout/things/$id")({ component: Alpha });
        """,
    "made routes": """
        import { createRoute, createRootRoute } from "@tanstack/react-router";
        const root = createRootRoute();
        export const thing = createRoute({ getParentRoute: () => root, path: "/things/$id", component: Alpha });
        """,
    "a loader": """
        import { createFileRoute } from "@tanstack/react-router";
        export const Route = createFileRoute("/things/$id")({ loader: () => fetch("https://api.example.com/a") });
        """,
}


@pytest.mark.parametrize("name", TANSTACK)
def test_routes_of_tanstack(name: str) -> None:
    inventory = audited({**BASE, "src/routes/thing.tsx": IMPORTS.replace("./", "../") + TANSTACK[name]})
    assert called(inventory, "page", "/things/$id") == {A: (1, 1)}


DECLARED = {
    "file routes": """
        import { createFileRoute } from "@tanstack/react-router";
        import { %(name)s } from "../%(file)s";
        export const Route = createFileRoute("/%(file)s")({ component: %(name)s, pendingComponent: () => <p /> });
        """,
    "made routes": """
        import { createRoute } from "@tanstack/react-router";
        import { %(name)s } from "../%(file)s";
        export const Route = createRoute({ getParentRoute: () => null, path: "/%(file)s", component: %(name)s });
        """,
}


@pytest.mark.parametrize("name", DECLARED)
def test_a_page_shows_nothing_of_other_routes_though_its_document_declares_all(name: str) -> None:
    main = """
        import { createRoot } from "react-dom/client";
        import { createRouter, createRootRoute, RouterProvider } from "@tanstack/react-router";
        import { Route as a } from "./routes/a";
        import { Route as b } from "./routes/b";
        const router = createRouter({ routeTree: createRootRoute().addChildren([a, b]) });
        createRoot(document.body).render(<RouterProvider router={router} />);
        """
    routes = {f"src/routes/{file}.tsx": DECLARED[name] % {"name": it, "file": file} for it, file in PAGES}
    inventory = audited({**BASE, "src/main.tsx": main, **routes})
    assert called(inventory, "page", "/a") == {A: (1, 1)}
    assert called(inventory, "page", "/b") == {B: (1, 1)}


@pytest.mark.parametrize("made", ["createRootRoute", "createRootRouteWithContext<object>()"])
def test_what_a_root_route_shows_is_around_its_pages_and_no_process(made: str) -> None:
    root = f"""
        import {{ createRootRoute, createRootRouteWithContext, Outlet }} from "@tanstack/react-router";
        import {{ Beta }} from "../b";
        function Layout() {{ return <><Beta /><Outlet /></>; }}
        export const Route = {made}({{ component: Layout }});
        """
    thing = IMPORTS.replace("./", "../") + TANSTACK["file routes"]
    inventory = audited({**BASE, "src/routes/__root.tsx": root, "src/routes/thing.tsx": thing})
    assert {item.name for item in inventory.entries if item.kind in ("page", "script")} == {"/things/$id"}
    assert called(inventory, "page", "/things/$id") == {A: (1, 1), B: (1, 1)}


def test_a_trigger_of_a_hook_that_nobody_mounts_is_dead() -> None:
    hook = """
        import { useEffect } from "react";
        export function %s() {
          useEffect(() => { setInterval(() => fetch("https://api.example.com/a"), 1000); }, []);
        }
        """
    main = """
        import { createRoot } from "react-dom/client";
        import { useUsed } from "./used";
        function App() { useUsed(); return <p />; }
        createRoot(document.body).render(<App />);
        """
    files = {**BASE, "src/main.tsx": main, "src/used.ts": hook % "useUsed", "src/unused.ts": hook % "useUnused"}
    inventory = audited(files)
    assert {one.entry: (one.dead, one.mounted_on) for one in inventory.triggers} == {
        "useUsed": (False, ("/",)),
        "useUnused": (True, ()),
    }


GUARDED = {
    "a function of the component": (
        "const guarded = (children: any) => <Shell>{children}</Shell>;",
        "guarded(<Alpha />)",
        "guarded(<Beta />)",
    ),
    "a function that is told which": (
        "const guarded = (name: string) => <Shell>{name === 'one' ? <Alpha /> : <Beta />}</Shell>;",
        "guarded('one')",
        "guarded('two')",
    ),
}


@pytest.mark.parametrize("how", GUARDED)
@pytest.mark.parametrize("declared", ["elements", "objects"])
def test_elements_that_a_function_gives(how: str, declared: str) -> None:
    guarded, one, other = GUARDED[how]
    if declared == "elements":
        head = 'import { BrowserRouter, Routes, Route } from "react-router-dom";'
        shown = f"""
            return <BrowserRouter><Routes>
              <Route path="/" element={{{one}}} />
              <Route path="/b" element={{{other}}} />
            </Routes></BrowserRouter>;
            """
    else:
        head = 'import { useRoutes } from "react-router-dom";'
        shown = f"""return useRoutes([{{ path: "/", element: {one} }}, {{ path: "/b", element: {other} }}]);"""
    app = f"{IMPORTS}\n{head}\nexport function App() {{\n{guarded}\n{shown}\n}}"
    found = audited({**BASE, "src/app.tsx": app, "src/main.tsx": MAIN})
    assert called(found, "page", "/") == {A: (1, 1), SHELL: (1, 1)}
    assert called(found, "page", "/b") == {B: (1, 1), SHELL: (1, 1)}


LOADED = {
    "lazy": ('import { lazy } from "react";', 'lazy(() => import("./a"))', 'lazy(() => import("./b"))'),
    "tried again": (
        """
        import { lazy } from "react";
        const again = (load: any, tries = 0) => new Promise((yes, no) => {
          const more = (why: any) => (tries < 3 ? again(load, tries + 1).then(yes, no) : no(why));
          load().then(yes, (why: any) => setTimeout(more, 100, why));
        });
        """,
        'lazy(() => again(() => import("./a")))',
        'lazy(() => again(() => import("./b")))',
    ),
}
DRAWN = {
    "render": "<Route path={page.path} render={() => <page.Shown />} />",
    "component": "<Route path={page.path} component={page.Shown} />",
    "element": "<Route path={page.path} element={<page.Shown />} />",
}


@pytest.mark.parametrize("how", LOADED)
@pytest.mark.parametrize("drawn", DRAWN)
def test_routes_of_a_list_of_pages_show_each_its_own(how: str, drawn: str) -> None:
    head, one, other = LOADED[how]
    app = f"""
        {head}
        import {{ BrowserRouter, Routes, Route }} from "react-router-dom";
        const One = {one};
        const Other = {other};
        export function App() {{
          const pages = [{{ path: "/", Shown: One }}, {{ path: "/b", Shown: Other }}];
          return <BrowserRouter><Routes>{{pages.map((page) => {DRAWN[drawn]})}}</Routes></BrowserRouter>;
        }}
        """
    found = audited({**BASE, "src/app.tsx": app, "src/main.tsx": MAIN})
    assert called(found, "page", "/") == {A: (1, 1)}
    assert called(found, "page", "/b") == {B: (1, 1)}
    assert [entry(found, name, "component").dead for name in ("Alpha", "Beta")] == [False, False]


MADE = {
    "a function that is handed over": "{pages.map(draw)}",
    "a function that is called for each": "{pages.map((page) => draw(page))}",
    "a fold": "{pages.reduce((all, page) => [...all, <Route path={page.path} element={<page.Shown />} />], [])}",
    "functions as children": '<Route path="/">{() => <Alpha />}</Route><Route path="/b">{() => <Beta />}</Route>',
    "a function for lists": "{drawn(pages)}",
}


LISTS = """
    function drawn(list: any[]): any {
      return list.map((page) => <Route path={page.path} element={<page.Shown />}>{drawn(page.inner)}</Route>);
    }
    """


@pytest.mark.parametrize("how", MADE)
def test_routes_that_functions_make_of_pages(how: str) -> None:
    app = f"""
        {IMPORTS}
        import {{ BrowserRouter, Routes, Route }} from "react-router-dom";
        const pages = [{{ path: "/", Shown: Alpha }}, {{ path: "/b", Shown: Beta }}];
        const draw = (page: any) => <Route path={{page.path}} element={{<page.Shown />}} />;
        {LISTS if "drawn" in MADE[how] else ""}
        export const App = () => <BrowserRouter><Routes>{MADE[how]}</Routes></BrowserRouter>;
        """
    found = audited({**BASE, "src/app.tsx": app, "src/main.tsx": MAIN})
    assert called(found, "page", "/") == {A: (1, 1)}
    assert called(found, "page", "/b") == {B: (1, 1)}


def test_routes_of_a_list_of_which_not_all_is_known_show_any() -> None:
    app = f"""
        {IMPORTS}
        import {{ BrowserRouter, Routes, Route }} from "react-router-dom";
        import {{ more }} from "plugins";
        const pages = [{{ path: "/", Shown: Alpha }}, {{ path: "/b", Shown: Beta }}, ...more];
        const routes = pages.map((page) => <Route path={{page.path}} element={{<page.Shown />}} />);
        export const App = () => <BrowserRouter><Routes>{{routes}}</Routes></BrowserRouter>;
        """
    found = audited({**BASE, "src/app.tsx": app, "src/main.tsx": MAIN})
    assert [entry(found, name, "component").dead for name in ("Alpha", "Beta", "Shell")] == [False, False, True]
    for path in ("/", "/b"):
        assert called(found, "page", path) == {A: (0, 1), B: (0, 1)}


ROUTER = """
    import { useMemo } from "react";
    import { createBrowserRouter, RouterProvider } from "react-router-dom";
    import { Alpha } from "./a";
    import { useBeta } from "./b";
    export function App() {
      useBeta();
      const router = useMemo(() => createBrowserRouter([{ path: "/", element: <Alpha /> }]), []);
      return <RouterProvider router={router} />;
    }
    """
BLOCKS = {
    "else": 'if (!at) { console.log("none"); } else { const root = createRoot(at); root.render(<App />); }',
    "if": "if (at) { const made = createRoot(at); made.render(<App />); }",
    "try": "try { const root = createRoot(at!); root.render(<App />); } catch (error) { console.error(error); }",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_what_a_block_of_the_module_renders_stands_around_the_pages(block: str) -> None:
    main = f"""
        import {{ createRoot }} from "react-dom/client";
        import {{ App }} from "./app";
        const at = document.getElementById("root");
        {BLOCKS[block]}
        """
    found = audited({**BASE, "src/app.tsx": ROUTER, "src/main.tsx": main})
    assert called(found, "page", "/") == {A: (1, 1), B: (1, 1)}
    assert not entry(found, "App", "component").dead


def test_a_block_that_renders_with_something_else_renders_nothing() -> None:
    main = """
        import { createRoot } from "./charts";
        import { App } from "./app";
        const at = document.getElementById("root");
        if (at) { const root = createRoot(at); root.render(<App />); }
        """
    charts = "export const createRoot = (at: any) => ({ render(shown: any) { at.shown = shown; } });"
    found = audited({**BASE, "src/app.tsx": ROUTER, "src/main.tsx": main, "src/charts.ts": charts})
    assert called(found, "page", "/") == {A: (1, 1)}
