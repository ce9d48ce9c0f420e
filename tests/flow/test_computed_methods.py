"""`client[method](url)`: methods whose names are computed."""

from __future__ import annotations

from tests.projects import run

_CLIENT = """
class Net {
  async get(args: { url: string }) { return fetch(args.url); }
  async post(args: { url: string }) { return fetch(args.url, { method: "POST" }); }
  async log(args: { url: string }) { console.log(args.url); }
}
const net = new Net();
"""


def test_a_name_that_a_caller_gives() -> None:
    assert run(
        _CLIENT
        + """
async function send(args: { url: string; method: "get" | "post" }) {
  const answer = await net[args.method]<string>({ url: args.url });
  return answer;
}
send({ url: "https://api.example.com/a", method: "get" });
send({ url: "https://api.example.com/b", method: "post" });
"""
    ) == {"GET api.example.com/a": (1, 1), "POST api.example.com/b": (1, 1)}


def test_a_name_that_depends_on_data_is_one_of_those_that_send() -> None:
    assert run(
        _CLIENT
        + """
net[process.argv[2]]({ url: "https://api.example.com/a" });
"""
    ) == {"GET api.example.com/a": (0, 1), "POST api.example.com/a": (0, 1)}


def test_a_name_of_which_the_beginning_is_known() -> None:
    assert run(
        """
class Api {
  getUsers() { return fetch("https://api.example.com/users"); }
  getPosts() { return fetch("https://api.example.com/posts"); }
  dropUsers() { return fetch("https://api.example.com/users", { method: "DELETE" }); }
}
const api = new Api();
api[`get${process.argv[2]}`]();
"""
    ) == {"GET api.example.com/users": (0, 1), "GET api.example.com/posts": (0, 1)}


def test_one_of_many_methods_is_not_guessed() -> None:
    many = "\n".join(f'  m{number}() {{ return fetch("https://api.example.com/{number}"); }}' for number in range(20))
    assert (
        run(
            f"""
class Api {{
{many}
}}
const api = new Api();
api[process.argv[2]]();
"""
        )
        == {}
    )


def test_functions_of_a_module() -> None:
    assert run(
        """
import * as handlers from "./handlers";
handlers[process.argv[2]]();
""",
        {
            "handlers.ts": """
export function load() { return fetch("https://api.example.com/load"); }
export function none() { return 1; }
"""
        },
    ) == {"GET api.example.com/load": (1, 1)}
