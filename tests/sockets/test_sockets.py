"""Handlers of sockets are entries; what sends them a message reaches what they reach."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, called, entry

PACKAGES = {
    "package.json": '{"name": "root", "private": true, "workspaces": ["apps/*"]}',
    "apps/web/package.json": '{"name": "web", "dependencies": {"react": "19", "next": "15"}}',
    "apps/live/package.json": '{"name": "live"}',
}
PRICES = "GET api.example.com/prices"


def server(source: str) -> Files:
    return {**PACKAGES, "apps/live/src/index.ts": source}


LISTENERS = {
    "named import": """
        import { Server } from "socket.io";
        const io = new Server(3000);
        io.on("connection", (socket) => {
          socket.on("join", async () => { await fetch("https://api.example.com/prices"); });
        });
        """,
    "default import, called": """
        import socketio from "socket.io";
        const io = socketio(3000);
        io.on("connect", function (socket) {
          socket.on("join", function () { fetch("https://api.example.com/prices"); });
        });
        """,
    "require": """
        const { Server } = require("socket.io");
        const io = new Server(3000);
        io.sockets.on("connection", (socket) => {
          socket.once("join", () => fetch("https://api.example.com/prices"));
        });
        """,
    "a function is handed the server": """
        import { Server, Socket } from "socket.io";
        function wire(server: Server) {
          server.on("connection", onConnection);
        }
        function onConnection(socket: Socket) {
          socket.on("join", onJoin);
        }
        async function onJoin() { return fetch("https://api.example.com/prices"); }
        wire(new Server(3000));
        """,
    "events in a constant": """
        import { Server } from "socket.io";
        const EVENTS = { JOIN: "join" } as const;
        const io = new Server(3000);
        io.on("connection", (socket) => {
          socket.on(EVENTS.JOIN, () => fetch("https://api.example.com/prices"));
        });
        """,
    "a class": """
        import { Server, Socket } from "socket.io";
        class Live {
          constructor(private io: Server) {}
          start() { this.io.on("connection", (socket) => this.wire(socket)); }
          wire(socket: Socket) { socket.on("join", () => this.load()); }
          async load() { await fetch("https://api.example.com/prices"); }
        }
        new Live(new Server(3000)).start();
        """,
}


@pytest.mark.parametrize("name", LISTENERS)
def test_a_listener_is_an_entry(name: str) -> None:
    found = entry(audited(server(LISTENERS[name])), "socket.on('join')", "socket")
    assert brief(found) == {PRICES: (1, 1)}
    assert found.origin == "worker"


def test_it_stands_at_the_line_of_the_registration() -> None:
    found = entry(audited(server(LISTENERS["named import"])), "socket.on('join')")
    assert (found.file, found.line) == ("apps/live/src/index.ts", 4)


def test_what_a_connection_does_itself_is_an_entry_without_its_listeners() -> None:
    source = """
        import { Server } from "socket.io";
        const io = new Server(3000);
        io.on("connection", async (socket) => {
          await fetch("https://api.example.com/hello");
          socket.on("join", () => fetch("https://api.example.com/prices"));
          socket.on("leave", () => console.log("gone"));
        });
        """
    inventory = audited(server(source))
    assert called(inventory, "socket", "io.on('connection')") == {"GET api.example.com/hello": (1, 1)}
    assert called(inventory, "socket", "socket.on('join')") == {PRICES: (1, 1)}
    assert {item.name for item in inventory.entries if item.kind == "socket"} == {
        "io.on('connection')",
        "socket.on('join')",
    }


def test_another_object_with_on_is_no_socket() -> None:
    source = """
        import { EventEmitter } from "events";
        const bus = new EventEmitter();
        bus.on("join", () => fetch("https://api.example.com/prices"));
        """
    assert not [item for item in audited(server(source)).entries if item.kind == "socket"]


WS = {
    "WebSocketServer": 'import { WebSocketServer } from "ws"; const wss = new WebSocketServer({ port: 1 });',
    "Server": 'import WebSocket from "ws"; const wss = new WebSocket.Server({ port: 1 });',
    "required": 'const WebSocket = require("ws"); const wss = new WebSocket.Server({ port: 1 });',
}


@pytest.mark.parametrize("name", WS)
def test_messages_of_ws(name: str) -> None:
    source = f"""
        {WS[name]}
        wss.on("connection", (peer) => {{
          peer.on("message", async () => {{ await fetch("https://api.example.com/prices"); }});
        }});
        """
    assert called(audited(server(source)), "socket", "ws.on('message')") == {PRICES: (1, 1)}


GATEWAY = """
    import { WebSocketGateway, SubscribeMessage, OnGatewayConnection } from "@nestjs/websockets";
    import { Prices } from "./prices";
    %s
    export class Live implements OnGatewayConnection {
      constructor(private readonly prices: Prices) {}
      handleConnection() { return fetch("https://api.example.com/hello"); }
      @SubscribeMessage(%s)
      async join() { return this.prices.load(); }
      other() { return this.prices.load(); }
    }
    """
NEST = {
    "plain": GATEWAY % ("@WebSocketGateway()", '"join"'),
    "port and options": GATEWAY % ('@WebSocketGateway(81, { namespace: "live" })', "`join`"),
}


@pytest.mark.parametrize("name", NEST)
def test_gateways_of_nest(name: str) -> None:
    service = 'export class Prices { load() { return fetch("https://api.example.com/prices"); } }'
    files = {**PACKAGES, "apps/live/src/live.ts": NEST[name], "apps/live/src/prices.ts": service}
    inventory = audited(files)
    found = entry(inventory, "socket.on('join')", "socket")
    assert brief(found) == {PRICES: (1, 1)}
    assert (found.line, found.origin) == (7, "server")
    assert called(inventory, "socket", "io.on('connection')") == {"GET api.example.com/hello": (1, 1)}
    assert len([item for item in inventory.entries if item.kind == "socket"]) == 2


# --- the other side -------------------------------------------------------------------------------

SENDERS = {
    "when it is connected": """
        export function useRoom(id: string) {
          useEffect(() => {
            const socket = io("https://live.example.com");
            socket.on("connect", () => { socket.emit("join", id); });
            return () => { socket.emit("leave", id); };
          }, [id]);
        }
        """,
    "a ref": """
        export function useRoom(id: string) {
          const ref = useRef<Socket | null>(null);
          useEffect(() => { ref.current = io("https://live.example.com"); }, []);
          useEffect(() => { ref.current?.emit("join", id); }, [id]);
        }
        """,
    "a ref without types": """
        export function useRoom(id) {
          const ref = useRef(null);
          useEffect(() => {
            ref.current = io("https://live.example.com");
            ref.current.emit("join", id);
          }, []);
        }
        """,
    "a variable of the module": """
        let shared: Socket | null = null;
        function connect(): Socket { shared ??= io("https://live.example.com"); return shared; }
        export function useRoom(id: string) {
          useEffect(() => { connect().emit("join", id); }, [id]);
        }
        """,
    "a wrapper": """
        class Live {
          private socket = io("https://live.example.com");
          send(event: string, data: unknown) { this.socket.emit(event, data); }
        }
        const live = new Live();
        export function useRoom(id: string) {
          useEffect(() => { live.send("join", { id }); }, [id]);
        }
        """,
    "a hook": """
        const socket = io("https://live.example.com");
        function useLive() {
          const emit = useCallback((event: string, data: unknown) => { socket.emit(event, data); }, []);
          return { emit };
        }
        export function useRoom(id: string) {
          const { emit } = useLive();
          useEffect(() => { emit("join", id); }, [id, emit]);
        }
        """,
    "a store": """
        interface Live { socket: Socket | null; ready: boolean; setSocket: (socket: Socket) => void }
        const useLive = create<Live>((set) => ({ socket: null, ready: false, setSocket: (socket) => set({ socket }) }));
        export function useRoom(id: string) {
          const { socket, ready } = useLive();
          useEffect(() => {
            if (!socket || !ready) return;
            socket.emit("join", id);
          }, [socket, ready, id]);
        }
        """,
    "a store in two steps, with a selector": """
        interface Live { socket: Socket | null }
        const useLive = create<Live>()(persist((set) => ({ socket: null }), { name: "live" }));
        export function useRoom(id: string) {
          const socket = useLive((state) => state.socket);
          useEffect(() => { if (socket) socket.volatile.emit("join", id); }, [socket, id]);
        }
        """,
}
IMPORTS = """
    import { useCallback, useEffect, useRef } from "react";
    import { io, Socket } from "socket.io-client";
    import { create } from "zustand";
    import { persist } from "zustand/middleware";
    """


def with_sender(source: str, *, listener: str = LISTENERS["named import"]) -> Files:
    return {**server(listener), "apps/web/src/useRoom.ts": IMPORTS + source}


@pytest.mark.parametrize("name", SENDERS)
def test_a_message_crosses_to_its_listener(name: str) -> None:
    inventory = audited(with_sender(SENDERS[name]))
    hook = entry(inventory, "useRoom", "hook")
    ((request, (_, most)),) = brief(hook).items()
    assert (request, most, hook.calls_max) == (PRICES, 1, 1)
    assert hook.reaches[0].through == ("socket.on('join')",)


@pytest.mark.parametrize("name", SENDERS)
def test_a_message_is_no_call(name: str) -> None:
    inventory = audited(with_sender(SENDERS[name]))
    assert [call.url for call in inventory.calls] == ["https://api.example.com/prices"]
    assert not [one for item in inventory.entries for one in item.reaches if one.method != "GET"]


@pytest.mark.parametrize("name", SENDERS)
def test_a_message_that_nobody_waits_for_ends_silently(name: str) -> None:
    other = LISTENERS["named import"].replace('"join"', '"other"')
    inventory = audited(with_sender(SENDERS[name], listener=other))
    assert not [item for item in inventory.entries if item.name == "useRoom"]
    assert {one.file for one in inventory.triggers} == {"apps/live/src/index.ts"}
    assert not inventory.unknowns


def test_a_namespace_is_told_from_others() -> None:
    listener = """
        import { Server } from "socket.io";
        const io = new Server(3000);
        io.of("/chat").on("connection", (socket) => {
          socket.on("join", () => fetch("https://api.example.com/chat"));
        });
        io.of("/game").on("connection", (socket) => {
          socket.on("join", () => fetch("https://api.example.com/game"));
        });
        """
    sender = """
        const URL_ = process.env.NEXT_PUBLIC_WS_URL;
        export function useRoom() {
          useEffect(() => { const socket = io(`${URL_}/game`); socket.emit("join"); }, []);
        }
        """
    assert called(audited(with_sender(sender, listener=listener)), "hook", "useRoom") == {
        "GET api.example.com/game": (1, 1)
    }


def test_what_the_server_sends_is_a_trigger_of_the_hook() -> None:
    sender = """
        export function useRoom() {
          useEffect(() => {
            const socket = io("https://live.example.com");
            socket.on("changed", () => { fetch("https://api.example.com/list"); });
          }, []);
        }
        """
    inventory = audited(with_sender(sender))
    (trigger,) = [item for item in inventory.triggers if item.file.endswith("useRoom.ts")]
    assert (trigger.kind, trigger.mechanism, trigger.entry) == ("event", "socket.on('changed')", "useRoom")
    assert called(inventory, "hook", "useRoom") == {"GET api.example.com/list": (0, 1)}


def test_a_client_that_is_a_process_listens_too() -> None:
    source = """
        import { io } from "socket.io-client";
        const socket = io("https://feed.example.com");
        socket.on("tick", async () => { await fetch("https://api.example.com/prices"); });
        """
    inventory = audited(server(source))
    assert called(inventory, "socket", "socket.on('tick')") == {PRICES: (1, 1)}
