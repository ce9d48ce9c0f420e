"""Code through which there are more ways than any run can follow is followed once for each of its contexts."""

from __future__ import annotations

from tests.projects import audited, run

DEEP = 40


def test_objects_that_are_filled_with_what_others_hold() -> None:
    assert run(
        """
        function merge(rows: any[]) {
          const first = new Map();
          const second = new Map();
          for (const row of rows) {
            const kept = {};
            const other = {};
            for (const key of Object.keys({ ...kept, ...other })) {
              kept[key] = other[key] || { ...other };
              other[key] = kept[key] || { ...kept };
            }
            const one = first.get(row.id) || second.get(kept[row.id]) || {};
            const two = second.get(row.id) || first.get(other[row.id]) || {};
            first.set(row.id, { ...two, at: one });
            second.set(row.id, { ...one, at: two });
          }
          return first.get("a").url + second.get("b").url;
        }

        async function start() {
          const url = merge(await (await fetch("https://api.example.com/rows")).json());
          await fetch(`https://api.example.com/one/${url}`);
        }
        start();
        """
    ) == {"GET api.example.com/rows": (1, 1), "GET api.example.com/one/{}{}": (1, 1)}


def test_functions_called_twice_while_a_timer_is_about_to_start_their_caller() -> None:
    """What runs behind the first timer is as well known as what runs before it."""
    steps = "\n".join(
        f"async function step{number}() {{ await step{number + 1}(); await step{number + 1}(); }}"
        for number in range(DEEP)
    )
    found = audited(
        {
            "main.ts": f"""
{steps}
async function step{DEEP}() {{ await fetch("https://api.example.com/step"); }}
async function round() {{
  const list = await (await fetch("https://api.example.com/list")).json();
  if (list.length === 0) {{
    setTimeout(() => {{ round(); }}, 10000);
    return;
  }}
  await step0();
  setTimeout(() => {{ round(); }}, 5000);
}}
round();
"""
        }
    )
    (trigger,) = found.triggers
    assert [interval.ms for interval in trigger.intervals] == [10000, 5000]
    (script,) = [entry for entry in found.entries if entry.kind == "script"]
    assert {(reach.path, reach.min, reach.max) for reach in script.reaches} == {("/list", 1, 1), ("/step", 0, 2**DEEP)}
