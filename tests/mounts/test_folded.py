"""Components and hooks in long lists: a fold nests the components, a loop calls each hook of the list."""

from __future__ import annotations

from tests.projects import audited, entry

PACKAGE = '{"name": "a", "dependencies": {"react": "18.0.0", "vite": "5.0.0", "@tanstack/react-query": "5.0.0"}}'
HTML = '<html><body><script type="module" src="/src/main.tsx"></script></body></html>'
MAIN = """
import ReactDOM from 'react-dom/client';
import App from './App';
ReactDOM.createRoot(document.getElementById('root')!).render(<App />);
"""
APP = """
import { useQuery } from '@tanstack/react-query';
const useStatus = () => useQuery({
  queryKey: ['s'], queryFn: () => fetch('https://api.test/s'), refetchInterval: 5000,
});
const kinds = [
%s
  { kind: 'last', useKind: (on: boolean) => { const { data } = useStatus(); console.log(data, on); } },
];
const Status = ({ children }: any) => {
  for (const { kind, useKind } of kinds) useKind(kind !== '');
  return <>{children}</>;
};
const wrap = (Component: any) => ({ children }: any) => <Component>{children}</Component>;
const around = [wrap(%s), undefined].filter(Boolean);
const App = () => [...around].reverse().reduce((children, Around: any) => <Around>{children}</Around>, <div />);
export default App;
"""
OTHERS = "\n".join(f"  {{ kind: '{n}', useKind: (on: boolean) => {{ console.log({n}, on); }} }}," for n in range(20))


def test_a_hook_of_a_long_list_in_a_component_that_a_fold_mounts() -> None:
    for component, dead in (("Status", False), ("'main'", True)):
        files = {
            "package.json": PACKAGE,
            "index.html": HTML,
            "src/main.tsx": MAIN,
            "src/App.tsx": APP % (OTHERS, component),
        }
        assert entry(audited(files), "useStatus").dead is dead
