"""Checks of data give the data, with the defaults that the schema declares."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

Z = "import { z } from 'zod'; "
O = "GET a.test/one"  # noqa: E741

CASES: dict[str, str] = {
    "environment, default": Z + "const env = z.object({ API_URL: z.string().url().default('https://a.test') }).parse(process.env); fetch(env.API_URL + '/one');",
    "environment, destructured": Z + "const { API_URL } = z.object({ API_URL: z.string().default('https://a.test') }).parse(process.env); fetch(`${API_URL}/one`);",
    "environment, namespace": "import * as z from 'zod'; const env = z.object({ API_URL: z.string().default('https://a.test') }).parse(process.env); fetch(env.API_URL + '/one');",
    "environment, require": "const { z } = require('zod'); const env = z.object({ API_URL: z.string().default('https://a.test') }).parse(process.env); fetch(env.API_URL + '/one');",
    "schema in a variable": Z + "const schema = z.object({ API_URL: z.string().default('https://a.test') }); const env = schema.parse(process.env); fetch(env.API_URL + '/one');",
    "extended": Z + "const base = z.object({ PORT: z.string() }); const env = base.extend({ API_URL: z.string().default('https://a.test') }).parse(process.env); fetch(env.API_URL + '/one');",
    "what is extended": Z + "const base = z.object({ API_URL: z.string().default('https://a.test') }); const env = base.extend({ PORT: z.string() }).strict().parse(process.env); fetch(env.API_URL + '/one');",
    "merged": Z + "const base = z.object({ API_URL: z.string().default('https://a.test') }); const env = z.object({ PORT: z.string() }).merge(base).parse(process.env); fetch(env.API_URL + '/one');",
    "safeParse": Z + "const r = z.object({ API_URL: z.string().default('https://a.test') }).safeParse(process.env); if (!r.success) throw new Error('x'); fetch(r.data.API_URL + '/one');",
    "own object": Z + "const c = z.object({ url: z.string() }).parse({ url: 'https://a.test' }); fetch(c.url + '/one');",
    "own object, nested": Z + "const s = z.object({ api: z.object({ url: z.string() }) }); const parse = () => { try { return s.parse({ api: { url: process.env.U || 'https://a.test' } }); } catch (e) { throw e; } }; const c = parse(); fetch(c.api.url + '/one');",
    "own object, nested default": Z + "const c = z.object({ api: z.object({ url: z.string().default('https://a.test') }) }).parse({ api: {} }); fetch(c.api.url + '/one');",
    "the object's own value counts": Z + "const c = z.object({ url: z.string().default('https://b.test') }).parse({ url: 'https://a.test' }); fetch(c.url + '/one');",
    "in a promise": Z + "const c = await z.object({ url: z.string() }).parseAsync({ url: 'https://a.test' }); await fetch(c.url + '/one');",
    "yup": "import * as yup from 'yup'; const env = yup.object({ API_URL: yup.string().default('https://a.test') }).validateSync(process.env); fetch(env.API_URL + '/one');",
    "yup, shape": "import { object, string } from 'yup'; const env = object().shape({ API_URL: string().default('https://a.test') }).cast(process.env); fetch(env.API_URL + '/one');",
    "joi": "import Joi from 'joi'; const { error, value } = Joi.object({ API_URL: Joi.string().default('https://a.test') }).unknown().validate(process.env); fetch(value.API_URL + '/one');",
    "joi, keys": "const Joi = require('joi'); const { value: env } = Joi.object().keys({ API_URL: Joi.string().default('https://a.test') }).validate(process.env); fetch(env.API_URL + '/one');",
    "joi, attempt": "import Joi from 'joi'; const env = Joi.attempt(process.env, Joi.object({ API_URL: Joi.string().default('https://a.test') })); fetch(env.API_URL + '/one');",
    "envalid": "import { cleanEnv, str, url } from 'envalid'; const env = cleanEnv(process.env, { API_URL: url({ default: 'https://a.test' }) }); fetch(env.API_URL + '/one');",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CASES))
def test_what_a_check_gives(name: str) -> None:
    assert run(CASES[name]) == {O: (1, 1)}


def test_a_variable_without_a_default_is_the_environment() -> None:
    source = Z + "const env = z.object({ API_URL: z.string() }).parse(process.env); fetch(env.API_URL + '/one');"
    assert run(source) == {"GET env:API_URL/one": (1, 1)}


def test_data_that_is_not_known_is_not_known_after_a_check() -> None:
    source = (
        Z
        + "const b = z.object({ id: z.string().default('7') }).parse(JSON.parse('1')); fetch('https://a.test/' + b.id);"
    )
    assert run(source) == {"GET a.test/{}": (1, 1)}


def test_another_package_checks_nothing() -> None:
    source = "import { z } from 'another'; const c = z.object({ url: z.string() }).parse({ url: 'https://a.test' }); fetch(c.url + '/one');"
    assert O not in run(source)


@pytest.mark.parametrize(
    "default", ["z.coerce.number().default(30000)", "z.coerce.number().int().positive().default(30_000)"]
)
def test_an_interval_of_the_environment_has_its_default(default: str) -> None:
    source = (
        Z
        + f"const env = z.object({{ EVERY: {default} }}).parse(process.env); const poll = () => fetch('https://a.test/one');"
        " setInterval(poll, env.EVERY);"
    )
    (trigger,) = audited({"main.ts": source}).triggers
    assert [item.ms for item in trigger.intervals] == [30_000]
