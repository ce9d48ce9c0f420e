"""Emitters of a process: what emits an event does what listens for it, with its interval."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry, run, unresolved

TICK = {"GET a.test/prices": (1, 1)}

LISTENED: dict[str, Files] = {
    "a target of the platform": {
        "main.ts": """
            const bus = new EventTarget();
            bus.addEventListener('tick', async () => { await fetch('https://a.test/prices'); });
            bus.addEventListener('other', async () => { await fetch('https://a.test/other'); });
            setInterval(() => bus.dispatchEvent(new Event('tick')), 5000);
        """,
    },
    "a class that is such a target": {
        "main.ts": """
            class Bus extends EventTarget {
              tick() { this.dispatchEvent(new CustomEvent('tick', { detail: 1 })); }
            }
            const bus = new Bus();
            bus.addEventListener('tick', async () => { await fetch('https://a.test/prices'); });
            bus.addEventListener('other', async () => { await fetch('https://a.test/other'); });
            setInterval(() => bus.tick(), 5000);
        """,
    },
    "node:events in one module": {
        "main.ts": """
            import { EventEmitter } from 'node:events';
            const bus = new EventEmitter();
            bus.on('tick', async () => { await fetch('https://a.test/prices'); });
            bus.on('other', async () => { await fetch('https://a.test/other'); });
            setInterval(() => bus.emit('tick'), 5000);
        """,
    },
    "mitt of another module, listened for in a third": {
        "bus.ts": "import mitt from 'mitt'; export const bus = mitt<{ tick: number }>();",
        "main.ts": "import { bus } from './bus'; import './listen'; setInterval(() => { bus.emit('tick', 1); }, 5000);",
        "listen.ts": """
            import { bus } from './bus';
            const onTick = async () => { await fetch('https://a.test/prices'); };
            bus.on('tick', onTick);
            bus.on('other', async () => { await fetch('https://a.test/other'); });
        """,
    },
    "a class that is an emitter": {
        "main.ts": """
            import { EventEmitter } from 'events';
            class Ticker extends EventEmitter {
              start() { setInterval(() => this.emit('tick', Date.now()), 5000); }
            }
            class Bot {
              constructor(private ticker: Ticker) {
                this.ticker.on('tick', this.onTick.bind(this)).on('other', () => this.other());
              }
              private async onTick() { await fetch('https://a.test/prices'); }
              private async other() { await fetch('https://a.test/other'); }
            }
            const ticker = new Ticker();
            new Bot(ticker);
            ticker.start();
        """,
    },
    "a class that holds one, behind methods of its own": {
        "main.ts": """
            import EventEmitter from 'eventemitter3';
            enum On { Tick = 'tick', Other = 'other' }
            class Bus {
              private readonly emitter = new EventEmitter();
              listen(event: On, work: () => Promise<unknown>) { this.emitter.on(event, work); }
              publish(event: On, data?: unknown) { this.emitter.emit(event, data); }
            }
            const bus = new Bus();
            setInterval(() => bus.publish(On.Tick), 5000);
            bus.listen(On.Tick, () => fetch('https://a.test/prices'));
            bus.listen(On.Other, () => fetch('https://a.test/other'));
        """,
    },
}


@pytest.mark.parametrize("name", LISTENED)
def test_a_timer_that_emits_does_what_listens(name: str) -> None:
    inventory = audited(LISTENED[name])
    (timer,) = [one for one in inventory.triggers if one.mechanism == "setInterval"]
    assert [one.ms for one in timer.intervals] == [5000]
    assert [reach.path for reach in timer.reaches] == ["/prices"]
    assert called(inventory, "loop", entry(inventory, timer.entry, "loop").name) == TICK
    # what nothing is seen to emit may run all the same, for who registers it; what is emitted counts once
    assert run(LISTENED[name]["main.ts"], LISTENED[name]) == {**TICK, "GET a.test/other": (0, 1)}
    assert not any(reach.through for one in inventory.entries for reach in one.reaches)


def test_a_route_that_emits_does_what_listens() -> None:
    inventory = audited(
        {
            "package.json": '{"dependencies": {"express": "4"}}',
            "main.ts": """
                import express from 'express';
                import { EventEmitter } from 'events';
                const bus = new EventEmitter();
                const app = express();
                app.post('/orders', (req, res) => { bus.emit('order', req.body); res.end(); });
                app.get('/orders', (req, res) => res.end());
                bus.on('order', () => fetch('https://a.test/orders', { method: 'POST' }));
                bus.on('order', () => fetch('https://a.test/log', { method: 'POST' }));
                app.listen(3000);
            """,
        }
    )
    assert called(inventory, "route", "POST /orders") == {"POST a.test/orders": (1, 1), "POST a.test/log": (1, 1)}
    assert called(inventory, "route", "GET /orders") == {}


def test_events_of_a_name_that_is_not_known_may_run_any_listener() -> None:
    files = {
        "main.ts": """
            import { EventEmitter } from 'events';
            const bus = new EventEmitter();
            const other = new EventEmitter();
            bus.on('a', () => fetch('https://a.test/a'));
            bus.on('b', () => fetch('https://a.test/b'));
            other.on('c', () => fetch('https://a.test/c'));
            setInterval(() => { bus.emit(JSON.parse(process.argv[2]).name); }, 1000);
            setInterval(() => { other.emit('c'); }, 2000);
        """
    }
    inventory = audited(files)
    reached = {
        one.intervals[0].ms: {r.path: (r.min, r.max) for r in one.reaches}
        for one in inventory.triggers
        if one.intervals
    }
    assert reached == {1000: {"/a": (0, 1), "/b": (0, 1)}, 2000: {"/c": (1, 1)}}
    assert "the name of the event is not known: every listener of the emitter may run" in unresolved(inventory)


NEST = """
    import { Injectable, Module } from '@nestjs/common';
    import { NestFactory } from '@nestjs/core';
    import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
    import { Interval } from '@nestjs/schedule';
    @Injectable()
    export class Poller {
      constructor(private readonly events: EventEmitter2) {}
      @Interval(10000)
      poll() { this.events.emit('price.wanted', { a: 1 }); }
    }
    @Injectable()
    export class Listener {
      @OnEvent('%s', { async: true })
      async wanted() { await fetch('https://a.test/prices'); }
    }
    @Module({ imports: [EventEmitterModule.forRoot()], providers: [Poller, Listener] })
    export class AppModule {}
"""


@pytest.mark.parametrize(("event", "heard"), [("price.wanted", True), ("price.*", True), ("price.given", False)])
def test_methods_that_listen_in_nest(event: str, heard: bool) -> None:
    inventory = audited({"app.ts": NEST % event})
    (job,) = [one for one in inventory.entries if one.kind == "job"]
    assert called(inventory, "job", job.name) == ({"GET a.test/prices": (int("*" not in event), 1)} if heard else {})
    assert [call.dead for call in inventory.calls] == [not heard]
    assert not [one for one in inventory.entries if one.kind not in ("job", "script")]


def test_what_a_process_does_to_a_socket_of_another_stays_a_message() -> None:
    source = "import { io } from 'socket.io-client'; const s = io('https://a.test'); setInterval(() => s.emit('x'), 9);"
    assert run(source) == {}


@pytest.mark.parametrize("made", ["new EventEmitter()", "new (class extends EventEmitter {})()"])
def test_what_is_said_of_an_emitter_is_the_same_in_each_run(made: str) -> None:
    source = f"""
        import {{ EventEmitter }} from 'events';
        const bus = {made};
        bus.on('tick', () => fetch('https://a.test/x'));
        setInterval(() => bus.emit('tick'), 5000);
    """
    (heard,) = (one for one in audited({"main.ts": source}).triggers if one.kind == "event")
    assert dict(heard.settings) == {"side": "process", "event": "tick"}
