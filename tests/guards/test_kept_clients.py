"""A client that is kept answers nothing itself: what it is asked for comes from the network."""

from __future__ import annotations

import pytest

from tests.guards.asked import shown

HEAD = """
class Client {
  constructor(private account: string) {}
  async positions() { return (await fetch(`https://api.example.com/positions?of=${this.account}`)).json(); }
  async close() { return fetch("https://api.example.com/close", { method: "POST" }); }
}
const kept = new Map<string, any>();
"""
OF = {
    "by itself": """
        function clientOf(account: string) {
          const known = kept.get(account);
          if (known) return known;
          const client = new Client(account);
          kept.set(account, client);
          return client;
        }
        """,
    "in an object, for a time": """
        async function clientOf(account: string) {
          const known = kept.get(account);
          if (known && known.until > Date.now()) return known.client;
          const client = new Client(account);
          kept.set(account, { client, until: Date.now() + 60_000 });
          return client;
        }
        """,
    "made where it is missing": """
        const clientOf = async (account: string): Promise<Client> => {
          if (!kept.has(account)) kept.set(account, new Client(account));
          return kept.get(account) ?? new Client(account);
        };
        """,
}
ASKED = """
async function main(account: string) {
  const client = await clientOf(account);
  const open = await client.positions();
  if (open.some((one: any) => one.size)) return;
  await client.close();
}
"""


@pytest.mark.parametrize("how", OF)
def test_a_client_that_is_kept_is_no_cache(how: str) -> None:
    """What its answers say decides, not that the client was there."""
    assert shown(HEAD + OF[how] + ASKED) == []


def test_an_answer_that_is_kept_is_one() -> None:
    """It is read by a method of its own."""
    source = """
        async function main(account: string) {
          const known = kept.get(account);
          if (known) return known.clone();
          const answer = await new Client(account).positions();
          kept.set(account, answer);
          return answer;
        }
        """
    assert [one.kind for one in shown(HEAD + source)] == ["cache"]
