"""Every client library: URL, method and base URL of its calls."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, cases, run

# name: (source, the one request)
REQUESTS: dict[str, tuple[str, str]] = {
    # fetch and its packages
    "fetch": ("await fetch('https://a.test/x');", "GET a.test/x"),
    "fetch of a URL object": ("await fetch(new URL('https://a.test/x'), { method: 'DELETE' });", "DELETE a.test/x"),
    "node-fetch": ("import fetch from 'node-fetch'; await fetch('https://a.test/x');", "GET a.test/x"),
    "node-fetch, other name": ("import nf from 'node-fetch'; await nf('https://a.test/x', { method: 'PUT' });", "PUT a.test/x"),
    "node-fetch, require": ("const fetch = require('node-fetch'); fetch('https://a.test/x');", "GET a.test/x"),
    "node-fetch, dynamic import": ("const fetch = (await import('node-fetch')).default; await fetch('https://a.test/x');", "GET a.test/x"),
    "node-fetch, lazily": ("const fetch = (...a: any[]) => import('node-fetch').then(({ default: f }) => f(...a)); await fetch('https://a.test/x');", "GET a.test/x"),
    "cross-fetch": ("import { fetch } from 'cross-fetch'; await fetch('https://a.test/x');", "GET a.test/x"),
    "isomorphic-fetch": ("import 'isomorphic-fetch'; await fetch('https://a.test/x');", "GET a.test/x"),
    "undici fetch": ("import { fetch as f } from 'undici'; await f('https://a.test/x');", "GET a.test/x"),
    "undici request": ("import { request } from 'undici'; await request('https://a.test/x', { method: 'POST' });", "POST a.test/x"),
    "undici namespace": ("import * as undici from 'undici'; await undici.request('https://a.test/x');", "GET a.test/x"),
    "undici client": ("import { Client } from 'undici'; const c = new Client('https://a.test'); await c.request({ path: '/x', method: 'POST' });", "POST a.test/x"),
    "undici pool": ("import { Pool } from 'undici'; const c = new Pool('https://a.test'); await c.request({ path: '/x', method: 'GET' });", "GET a.test/x"),
    "ofetch": ("import { ofetch } from 'ofetch'; await ofetch('/x', { baseURL: 'https://a.test', method: 'POST' });", "POST a.test/x"),
    "ofetch instance": ("import { ofetch } from 'ofetch'; const api = ofetch.create({ baseURL: 'https://a.test' }); await api('/x');", "GET a.test/x"),
    "ofetch raw": ("import { ofetch } from 'ofetch'; await ofetch.raw('https://a.test/x');", "GET a.test/x"),
    "openapi-fetch": ("import createClient from 'openapi-fetch'; const api = createClient<any>({ baseUrl: 'https://a.test/' }); await api.POST('/x', { body: {} });", "POST a.test/x"),
    "$fetch": ("import { $fetch } from 'ofetch'; await $fetch('https://a.test/x');", "GET a.test/x"),
    # axios
    "axios": ("import axios from 'axios'; await axios('https://a.test/x');", "GET a.test/x"),
    "axios config": ("import axios from 'axios'; await axios({ url: 'https://a.test/x', method: 'post' });", "POST a.test/x"),
    "axios config, base": ("import axios from 'axios'; await axios({ baseURL: 'https://a.test', url: '/x' });", "GET a.test/x"),
    "axios url and config": ("import axios from 'axios'; await axios('https://a.test/x', { method: 'PATCH' });", "PATCH a.test/x"),
    "axios.request": ("import axios from 'axios'; await axios.request({ url: 'https://a.test/x', method: 'PUT' });", "PUT a.test/x"),
    "axios.get": ("import axios from 'axios'; await axios.get('https://a.test/x');", "GET a.test/x"),
    "axios.get, generic": ("import axios from 'axios'; const { data } = await axios.get<string>('https://a.test/x');", "GET a.test/x"),
    "axios.get, params": ("import axios from 'axios'; await axios.get('https://a.test/x', { params: { a: 1 } });", "GET a.test/x"),
    "axios.delete": ("import axios from 'axios'; await axios.delete('https://a.test/x');", "DELETE a.test/x"),
    "axios.head": ("import axios from 'axios'; await axios.head('https://a.test/x');", "HEAD a.test/x"),
    "axios.options": ("import axios from 'axios'; await axios.options('https://a.test/x');", "OPTIONS a.test/x"),
    "axios.post": ("import axios from 'axios'; await axios.post('https://a.test/x', { a: 1 });", "POST a.test/x"),
    "axios.put": ("import axios from 'axios'; await axios.put('https://a.test/x', {});", "PUT a.test/x"),
    "axios.patch": ("import axios from 'axios'; await axios.patch('https://a.test/x', {});", "PATCH a.test/x"),
    "axios.postForm": ("import axios from 'axios'; await axios.postForm('https://a.test/x', {});", "POST a.test/x"),
    "axios, base in the call": ("import axios from 'axios'; await axios.post('/x', {}, { baseURL: 'https://a.test' });", "POST a.test/x"),
    "axios namespace": ("import * as axios from 'axios'; await axios.get('https://a.test/x');", "GET a.test/x"),
    "axios, require": ("const axios = require('axios'); axios.get('https://a.test/x');", "GET a.test/x"),
    "axios, require default": ("const axios = require('axios').default; axios.get('https://a.test/x');", "GET a.test/x"),
    "axios, destructured": ("import axios from 'axios'; const { get } = axios; await get('https://a.test/x');", "GET a.test/x"),
    "axios instance": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://a.test' }); await api.get('/x');", "GET a.test/x"),
    "axios instance, base with path": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://a.test/v1/' }); await api.get('x');", "GET a.test/v1/x"),
    "axios instance, base with path and slash": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://a.test/v1' }); await api.get('/x');", "GET a.test/v1/x"),
    "axios instance called": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://a.test' }); await api({ url: '/x', method: 'POST' });", "POST a.test/x"),
    "axios instance.request": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://a.test' }); await api.request({ url: '/x' });", "GET a.test/x"),
    "axios instance, absolute": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://b.test' }); await api.get('https://a.test/x');", "GET a.test/x"),
    "axios instance, base of the call": ("import axios from 'axios'; const api = axios.create({ baseURL: 'https://b.test' }); await api.get('/x', { baseURL: 'https://a.test' });", "GET a.test/x"),
    "axios instance in a field": ("import axios, { AxiosInstance } from 'axios'; class C { private http: AxiosInstance; constructor(b: string) { this.http = axios.create({ baseURL: b }); }"
                                  " x() { return this.http.get('/x'); } } await new C('https://a.test').x();", "GET a.test/x"),
    "axios instance from a function": ("import axios from 'axios'; function make(b: string) { const c = axios.create({ baseURL: b, timeout: 5 }); c.interceptors.request.use((x) => x); return c; }"
                                       " await make('https://a.test').get('/x');", "GET a.test/x"),
    "axios instance, create named": ("import axios from 'axios'; const { create } = axios; const api = create({ baseURL: 'https://a.test' }); await api.get('/x');", "GET a.test/x"),
    "axios defaults": ("import axios from 'axios'; axios.defaults.baseURL = 'https://a.test'; await axios.get('/x');", "GET a.test/x"),
    "axios instance of a class, defaults": ("import axios from 'axios'; class Api { constructor() { this.http = axios.create(); this.http.defaults.baseURL = 'https://a.test'; } get() { return this.http.get('/x'); } } await new Api().get();", "GET a.test/x"),
    "axios instance, defaults": ("import axios from 'axios'; const api = axios.create(); api.defaults.baseURL = 'https://a.test'; await api.get('/x');", "GET a.test/x"),
    "axios, spread config": ("import axios from 'axios'; const base = { baseURL: 'https://a.test' }; await axios({ ...base, url: '/x' });", "GET a.test/x"),
    "xior": ("import xior from 'xior'; const api = xior.create({ baseURL: 'https://a.test' }); await api.get('/x');", "GET a.test/x"),
    # ky
    "ky": ("import ky from 'ky'; await ky('https://a.test/x').json();", "GET a.test/x"),
    "ky.post": ("import ky from 'ky'; await ky.post('https://a.test/x', { json: {} }).json();", "POST a.test/x"),
    "ky, method": ("import ky from 'ky'; await ky('https://a.test/x', { method: 'put' });", "PUT a.test/x"),
    "ky, prefix": ("import ky from 'ky'; await ky.get('x', { prefixUrl: 'https://a.test' });", "GET a.test/x"),
    "ky instance": ("import ky from 'ky'; const api = ky.create({ prefixUrl: 'https://a.test/v1' }); await api.get('x').json();", "GET a.test/v1/x"),
    "ky extended": ("import ky from 'ky'; const api = ky.create({ prefixUrl: 'https://a.test' }); const more = api.extend({ retry: 0 }); await more.delete('x');", "DELETE a.test/x"),
    "ky extended, new prefix": ("import ky from 'ky'; const api = ky.create({ retry: 0 }).extend({ prefixUrl: 'https://a.test' }); await api.get('x');", "GET a.test/x"),
    # got
    "got": ("import got from 'got'; await got('https://a.test/x').json();", "GET a.test/x"),
    "got named": ("import { got } from 'got'; await got.post('https://a.test/x', { json: {} });", "POST a.test/x"),
    "got object": ("import got from 'got'; await got({ url: 'https://a.test/x', method: 'PUT' });", "PUT a.test/x"),
    "got options": ("import got from 'got'; await got('https://a.test/x', { method: 'PATCH' });", "PATCH a.test/x"),
    "got instance": ("import got from 'got'; const api = got.extend({ prefixUrl: 'https://a.test' }); await api.get('x');", "GET a.test/x"),
    "got instance called": ("import got from 'got'; const api = got.extend({ prefixUrl: 'https://a.test' }); await api('x', { method: 'POST' });", "POST a.test/x"),
    "got instance of an instance": ("import got from 'got'; const api = got.extend({ prefixUrl: 'https://a.test' }).extend({ timeout: {} }); await api('x');", "GET a.test/x"),
    "got stream": ("import got from 'got'; got.stream('https://a.test/x');", "GET a.test/x"),
    # superagent and the like
    "superagent": ("import superagent from 'superagent'; await superagent.get('https://a.test/x').set('a', 'b');", "GET a.test/x"),
    "superagent, require": ("const request = require('superagent'); request.post('https://a.test/x').send({}).end(() => {});", "POST a.test/x"),
    "superagent called": ("import superagent from 'superagent'; await superagent('DELETE', 'https://a.test/x');", "DELETE a.test/x"),
    "superagent called with a URL": ("import superagent from 'superagent'; await superagent('https://a.test/x');", "GET a.test/x"),
    "superagent agent": ("import superagent from 'superagent'; const agent = superagent.agent(); await agent.put('https://a.test/x');", "PUT a.test/x"),
    "superagent del": ("import superagent from 'superagent'; await superagent.del('https://a.test/x');", "DELETE a.test/x"),
    "request": ("const request = require('request'); request('https://a.test/x', (e: any, r: any) => {});", "GET a.test/x"),
    "request options": ("const request = require('request'); request({ uri: 'https://a.test/x', method: 'POST' }, () => {});", "POST a.test/x"),
    "request.get": ("const request = require('request'); request.get('https://a.test/x');", "GET a.test/x"),
    "request-promise": ("import rp from 'request-promise'; await rp({ url: 'https://a.test/x' });", "GET a.test/x"),
    "needle": ("import needle from 'needle'; await needle('post', 'https://a.test/x', {});", "POST a.test/x"),
    "needle.get": ("import needle from 'needle'; await needle.get('https://a.test/x');", "GET a.test/x"),
    # wretch
    "wretch": ("import wretch from 'wretch'; await wretch('https://a.test/x').get().json();", "GET a.test/x"),
    "wretch, path": ("import wretch from 'wretch'; await wretch('https://a.test').url('/x').post({}).json();", "POST a.test/x"),
    "wretch, kept": ("import wretch from 'wretch'; const api = wretch('https://a.test'); await api.get('/x').json();", "GET a.test/x"),
    "wretch, headers": ("import wretch from 'wretch'; const api = wretch('https://a.test').headers({}).auth('x'); await api.url('/x').delete().res();", "DELETE a.test/x"),
    # node
    "https.get": ("import https from 'node:https'; https.get('https://a.test/x', (r) => {});", "GET a.test/x"),
    "https.get, options": ("import https from 'https'; https.get({ hostname: 'a.test', path: '/x' }, (r) => {});", "GET a.test/x"),
    "https.request": ("import * as https from 'https'; const r = https.request('https://a.test/x', { method: 'POST' }, () => {}); r.end();", "POST a.test/x"),
    "https.request, options": ("import https from 'https'; https.request({ hostname: 'a.test', path: '/x', method: 'PUT' }, () => {}).end();", "PUT a.test/x"),
    "https.request, options kept": ("const https = require('https'); const o = { host: 'a.test', port: 443, path: '/x', method: 'DELETE' }; https.request(o, () => {}).end();", "DELETE a.test/x"),
    "https.request, URL": ("import { request } from 'node:https'; request(new URL('https://a.test/x'), { method: 'POST' }).end();", "POST a.test/x"),
    "http.request": ("import http from 'http'; http.request('http://a.test/x').end();", "GET a.test/x"),
    # browsers
    "XMLHttpRequest": ("const x = new XMLHttpRequest(); x.open('POST', 'https://a.test/x'); x.send();", "POST a.test/x"),
    "XMLHttpRequest in a function": ("function f(u: string) { const x = new XMLHttpRequest(); x.open('GET', u, true); x.send(); } f('https://a.test/x');", "GET a.test/x"),
    "sendBeacon": ("navigator.sendBeacon('https://a.test/x', '{}');", "POST a.test/x"),
    "sendBeacon of window": ("window.navigator.sendBeacon('https://a.test/x');", "POST a.test/x"),
    "jQuery get": ("import $ from 'jquery'; $.get('https://a.test/x');", "GET a.test/x"),
    "jQuery ajax": ("import $ from 'jquery'; $.ajax({ url: 'https://a.test/x', type: 'POST' });", "POST a.test/x"),
    "jQuery ajax, method": ("import $ from 'jquery'; $.ajax({ url: 'https://a.test/x', method: 'PUT' });", "PUT a.test/x"),
    # readers of feeds, pages and files
    "rss-parser": ("import Parser from 'rss-parser'; const parser = new Parser({ timeout: 5 }); await parser.parseURL('https://a.test/x');", "GET a.test/x"),
    "rss-parser, require": ("let Parser = require('rss-parser'); let parser = new Parser(); (async () => { await parser.parseURL('https://a.test/x'); })();", "GET a.test/x"),
    "rss-parser in a field": ("import Parser from 'rss-parser'; class F { private parser = new Parser(); read(u: string) { return this.parser.parseURL(u); } } await new F().read('https://a.test/x');", "GET a.test/x"),
    "feed-extractor": ("import { extract } from '@extractus/feed-extractor'; await extract('https://a.test/x');", "GET a.test/x"),
    "rss-to-json": ("import { parse } from 'rss-to-json'; await parse('https://a.test/x');", "GET a.test/x"),
    "link-preview-js": ("import { getLinkPreview } from 'link-preview-js'; await getLinkPreview('https://a.test/x', { timeout: 5 });", "GET a.test/x"),
    "open-graph-scraper": ("import ogs from 'open-graph-scraper'; await ogs({ url: 'https://a.test/x' });", "GET a.test/x"),
    "unfurl.js": ("import { unfurl } from 'unfurl.js'; await unfurl('https://a.test/x');", "GET a.test/x"),
    "url-metadata": ("import urlMetadata from 'url-metadata'; await urlMetadata('https://a.test/x');", "GET a.test/x"),
    "cheerio": ("import * as cheerio from 'cheerio'; await cheerio.fromURL('https://a.test/x');", "GET a.test/x"),
    "cheerio, default": ("import cheerio from 'cheerio'; await cheerio.fromURL('https://a.test/x');", "GET a.test/x"),
    "jsdom": ("import { JSDOM } from 'jsdom'; await JSDOM.fromURL('https://a.test/x');", "GET a.test/x"),
    "d3": ("import * as d3 from 'd3'; await d3.json('https://a.test/x');", "GET a.test/x"),
    "d3-fetch": ("import { csv } from 'd3-fetch'; await csv('https://a.test/x', { method: 'POST' });", "POST a.test/x"),
    "d3-fetch, another delimiter": ("import { dsv } from 'd3-fetch'; await dsv(';', 'https://a.test/x');", "GET a.test/x"),
    # services
    "HttpService": ("import { HttpService } from '@nestjs/axios'; class C { constructor(private http: HttpService) {} x() { return this.http.get('https://a.test/x'); } }"
                    " await (JSON.parse('1') as C).x();", "GET a.test/x"),
    "HttpService, firstValueFrom": ("import { HttpService } from '@nestjs/axios'; import { firstValueFrom, map } from 'rxjs'; class C { constructor(private readonly http: HttpService) {}"
                                    " async x() { const { data } = await firstValueFrom(this.http.post('https://a.test/x', {}).pipe(map((r) => r))); return data; } } await (JSON.parse('1') as C).x();", "POST a.test/x"),
    "HttpService, lastValueFrom": ("import { HttpService } from '@nestjs/axios'; import { lastValueFrom } from 'rxjs'; class C { constructor(private readonly http: HttpService) {}"
                                   " async x() { return lastValueFrom(this.http.put('https://a.test/x', {})); } } await (JSON.parse('1') as C).x();", "PUT a.test/x"),
    "HttpService, toPromise": ("import { HttpService } from '@nestjs/axios'; class C { constructor(private readonly http: HttpService) {}"
                               " async x() { return this.http.delete('https://a.test/x').toPromise(); } } await (JSON.parse('1') as C).x();", "DELETE a.test/x"),
    "HttpService, request": ("import { HttpService } from '@nestjs/axios'; class C { constructor(private readonly http: HttpService) {}"
                             " x() { return this.http.request({ url: 'https://a.test/x', method: 'PATCH' }); } } await (JSON.parse('1') as C).x();", "PATCH a.test/x"),
    "HttpService, axiosRef": ("import { HttpService } from '@nestjs/axios'; class C { constructor(private readonly http: HttpService) {}"
                              " x() { return this.http.axiosRef.get('https://a.test/x'); } } await (JSON.parse('1') as C).x();", "GET a.test/x"),
    "HttpService, axiosRef called": ("import { HttpService } from '@nestjs/axios'; class C { constructor(private readonly http: HttpService) {}"
                              " x() { return this.http.axiosRef({ url: 'https://a.test/x', method: 'POST' }); } } await (JSON.parse('1') as C).x();", "POST a.test/x"),
    "HttpClient": ("import { HttpClient } from '@angular/common/http'; class C { constructor(private http: HttpClient) {} x() { return this.http.get<string>('https://a.test/x').subscribe(); } }"
                   " (JSON.parse('1') as C).x();", "GET a.test/x"),
    "HttpClient, request": ("import { HttpClient } from '@angular/common/http'; class C { constructor(private http: HttpClient) {} x() { return this.http.request('PUT', 'https://a.test/x'); } }"
                            " (JSON.parse('1') as C).x();", "PUT a.test/x"),
    "HttpClient, injected": ("import { inject } from '@angular/core'; import { HttpClient } from '@angular/common/http'; class C { private http = inject(HttpClient); x() { return this.http.get('https://a.test/x'); } }"
                             " new C().x();", "GET a.test/x"),
}  # fmt: skip


GAPS_REQUESTS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(REQUESTS, GAPS_REQUESTS))
def test_a_request_of_a_client(name: str) -> None:
    source, expected = REQUESTS[name]
    assert run(source) == {expected: (1, _attempts(name, source, expected))}


def _attempts(name: str, source: str, expected: str) -> int:
    """got, ky and ofetch try again what may be sent twice, unless they are told not to."""
    if name.startswith(("ofetch", "$fetch")):
        return 1 if expected.startswith("POST") else 2
    again = name.startswith(("got", "ky")) and name != "got stream" and "retry: 0" not in source
    return 3 if again and not expected.startswith(("POST", "PATCH")) else 1


NONE = {
    "axios.create alone": "import axios from 'axios'; axios.create({ baseURL: 'https://a.test' });",
    "axios.isAxiosError": "import axios from 'axios'; axios.isAxiosError(new Error('https://a.test/x'));",
    "axios interceptors": "import axios from 'axios'; axios.interceptors.request.use((c) => c);",
    "axios instance, getUri": "import axios from 'axios'; axios.getUri({ url: 'https://a.test/x' });",
    "ky.create alone": "import ky from 'ky'; ky.create({ prefixUrl: 'https://a.test' });",
    "ky error": "import { HTTPError } from 'ky'; console.log(HTTPError);",
    "Request alone": "const r = new Request('https://a.test/x'); console.log(r.url);",
    "Headers": "const h = new Headers(); h.get('https://a.test/x');",
    "a map's get": "const m = new Map(); m.get('https://a.test/x');",
    "URLSearchParams' get": "new URLSearchParams('a=b').get('https://a.test/x');",
    "another package's get": "import { get } from 'lodash'; get({}, 'https://a.test/x');",
    "http.createServer": "import http from 'http'; http.createServer();",
    "http.Agent": "import http from 'http'; new http.Agent({ keepAlive: true });",
    "XMLHttpRequest not sent": "const x = XMLHttpRequest; console.log(x);",
    "rss-parser, a string": "import Parser from 'rss-parser'; await new Parser().parseString('https://a.test/x');",
    "feed-extractor, a string": "import { extractFromXml } from '@extractus/feed-extractor'; extractFromXml('https://a.test/x');",
    "link-preview-js, content": "import { getPreviewFromContent } from 'link-preview-js'; await getPreviewFromContent({ url: 'https://a.test/x' });",
    "cheerio, text": "import * as cheerio from 'cheerio'; cheerio.load('https://a.test/x');",
    "cheerio, a node": "import cheerio from 'cheerio'; cheerio(row).children('td');",
    "cheerio, a node, require": "const cheerio = require('cheerio'); cheerio(row).children('td').each(() => {});",
    "d3, a scale": "import * as d3 from 'd3'; d3.scaleLinear('https://a.test/x');",
    "wretch alone": "import wretch from 'wretch'; wretch('https://a.test/x');",
}


@pytest.mark.parametrize("name", cases(NONE))
def test_what_is_no_request(name: str) -> None:
    inventory = audited({"main.ts": NONE[name]})
    assert [(call.line, call.method, call.url) for call in inventory.calls] == []


CONNECTIONS = {
    "WebSocket": ("new WebSocket('wss://a.test/ws');", "websocket", "wss://a.test/ws"),
    "WebSocket of window": ("new window.WebSocket('wss://a.test/ws');", "websocket", "wss://a.test/ws"),
    "ws": ("import WebSocket from 'ws'; const s = new WebSocket('wss://a.test/ws'); s.on('open', () => {});", "websocket", "wss://a.test/ws"),
    "ws named": ("import { WebSocket } from 'ws'; new WebSocket('wss://a.test/ws');", "websocket", "wss://a.test/ws"),
    "ws, require": ("const WebSocket = require('ws'); new WebSocket('wss://a.test/ws');", "websocket", "wss://a.test/ws"),
    "ws in a class": ("import WebSocket from 'ws'; class C { private s?: WebSocket; constructor(private u: string) {} go() { this.s = new WebSocket(this.u); } } new C('wss://a.test/ws').go();",
                      "websocket", "wss://a.test/ws"),
    "reconnecting-websocket": ("import R from 'reconnecting-websocket'; new R('wss://a.test/ws');", "websocket", "wss://a.test/ws"),
    "EventSource": ("new EventSource('https://a.test/sse');", "server-sent events", "https://a.test/sse"),
    "eventsource": ("import { EventSource } from 'eventsource'; new EventSource('https://a.test/sse');", "server-sent events", "https://a.test/sse"),
    "eventsource default": ("import EventSource from 'eventsource'; new EventSource('https://a.test/sse');", "server-sent events", "https://a.test/sse"),
    "socket.io": ("import { io } from 'socket.io-client'; const s = io('https://a.test'); s.on('x', () => {});", "socket.io", "https://a.test"),
    "socket.io default": ("import io from 'socket.io-client'; io('https://a.test');", "socket.io", "https://a.test"),
    "socket.io connect": ("import { connect } from 'socket.io-client'; connect('https://a.test');", "socket.io", "https://a.test"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CONNECTIONS))
def test_a_connection_is_no_request(name: str) -> None:
    source, protocol, url = CONNECTIONS[name]
    inventory = audited({"main.ts": source})
    assert [(item.protocol, item.url) for item in inventory.connections] == [(protocol, url)]
    assert inventory.calls == ()


SERVERS = {
    "ws server": "import { WebSocketServer } from 'ws'; new WebSocketServer({ port: 1 });",
    "socket.io server": "import { Server } from 'socket.io'; new Server(3000);",
    "state of a socket": "import WebSocket from 'ws'; console.log(WebSocket.OPEN);",
    "type alone": "import type WebSocket from 'ws'; const s: WebSocket | null = null;",
}


@pytest.mark.parametrize("name", cases(SERVERS))
def test_what_opens_no_connection(name: str) -> None:
    assert audited({"main.ts": SERVERS[name]}).connections == ()


def test_options_of_a_request_are_kept() -> None:
    source = "await fetch('https://a.test/x', { cache: 'no-store', signal: AbortSignal.timeout(5), headers: { 'X-Key': '1' } });"
    (call,) = audited({"main.ts": source}).calls
    assert call.options == (("cache", "no-store"), ("signal", "given"), ("header", "x-key"))


def test_options_that_are_not_given_are_not_listed() -> None:
    assert audited({"main.ts": "await fetch('https://a.test/x', { method: 'POST' });"}).calls[0].options == ()


def test_a_call_site_is_where_the_client_is_called() -> None:
    source = "async function load() {\n  const response =\n    await fetch('https://a.test/x');\n  return response;\n}\nawait load();"
    (call,) = audited({"main.ts": source}).calls
    assert (call.file, call.line, call.column, call.function, call.client) == (
        "main.ts",
        3,
        11,
        "load",
        "web",
    )


def test_a_function_that_nothing_reaches_has_a_dead_call_site() -> None:
    inventory = audited(
        {
            "lib.ts": "export const f = () => fetch('https://a.test/x');",
            "main.ts": "import './lib'; await fetch('https://a.test/y');",
        }
    )
    assert [(call.path, call.dead) for call in inventory.calls] == [("/x", True), ("/y", False)]


BOUNDS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "two methods, one path": (
        "import axios from 'axios'; await axios.get('https://a.test/x'); await axios.post('https://a.test/x');",
        {"GET a.test/x": (1, 1), "POST a.test/x": (1, 1)},
    ),
    "method by name": (
        "import axios from 'axios'; const call = (m: 'get' | 'post', u: string) => axios[m](u); await call('get', 'https://a.test/x'); await call('post', 'https://a.test/y');",
        {"GET a.test/x": (1, 1), "POST a.test/y": (1, 1)},
    ),
    "two instances": (
        "import axios from 'axios'; const a = axios.create({ baseURL: 'https://a.test' }); const b = axios.create({ baseURL: 'https://b.test' });"
        " await a.get('/x'); await b.get('/x');",
        {"GET a.test/x": (1, 1), "GET b.test/x": (1, 1)},
    ),
    "axios.all": (
        "import axios from 'axios'; await axios.all([axios.get('https://a.test/x'), axios.get('https://a.test/y')]);",
        {"GET a.test/x": (1, 1), "GET a.test/y": (1, 1)},
    ),
    "subscribe": (
        "import { HttpClient } from '@angular/common/http'; class C { constructor(private http: HttpClient) {}"
        " x() { this.http.get('https://a.test/x').subscribe(() => { this.http.get('https://a.test/y').subscribe(); }); } } (JSON.parse('1') as C).x();",
        {"GET a.test/x": (1, 1), "GET a.test/y": (0, 1)},
    ),
}


GAPS_BOUNDS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(BOUNDS, GAPS_BOUNDS))
def test_several_requests(name: str) -> None:
    source, expected = BOUNDS[name]
    assert run(source) == expected
