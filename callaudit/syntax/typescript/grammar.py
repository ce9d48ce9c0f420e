"""Which handler reads which kind of node: the one table that knows the grammar's names."""

from __future__ import annotations

from functools import cache

from callaudit.syntax.typescript import classes as c
from callaudit.syntax.typescript import declarations as d
from callaudit.syntax.typescript import expressions as e
from callaudit.syntax.typescript import functions as f
from callaudit.syntax.typescript import imports as i
from callaudit.syntax.typescript import jsx as j
from callaudit.syntax.typescript import labels
from callaudit.syntax.typescript import leaves as v
from callaudit.syntax.typescript import modules as m
from callaudit.syntax.typescript import namespaces as n
from callaudit.syntax.typescript import objects as o
from callaudit.syntax.typescript import statements as s
from callaudit.syntax.typescript.parse import language
from callaudit.syntax.typescript.walk import Handlers


def _skip(_context: object, _node: object) -> None:
    """Leave a node and all that is below it unread."""


LEAVES = {
    "identifier": v.identifier,
    "property_identifier": v.key,
    "private_property_identifier": v.key,
    "statement_identifier": _skip,
    "type_identifier": c.class_name,
    "shorthand_property_identifier": v.shorthand,
    "shorthand_property_identifier_pattern": v.shorthand_pattern,
    "string": v.string_literal,
    "string_fragment": v.fragment,
    "escape_sequence": v.escape,
    "number": v.number_literal,
    "true": v.constant(True),
    "false": v.constant(False),
    "null": v.constant(None),
    "undefined": v.word,
    "jsx_namespace_name": v.word,
    "this": v.word,
    "super": v.word,
    "import": v.word,
    "meta_property": v.word,
    "type_annotation": v.type_annotation,
    "accessibility_modifier": v.modifier,
    "override_modifier": _skip,
    "implements_clause": c.implements,
    "comment": v.comment,
    "import_statement": i.import_statement,
    "export_clause": m.export_clause,
    "namespace_export": m.namespace_export,
    "interface_declaration": i.interface,
    "type_alias_declaration": i.type_alias,
    "empty_statement": s.empty,
    "break_statement": labels.jump,
    "continue_statement": labels.jump,
    "debugger_statement": s.empty,
    "ambient_declaration": _skip,
    "function_signature": _skip,
    "method_signature": _skip,
    "abstract_method_signature": _skip,
    "index_signature": _skip,
    "type_arguments": v.type_arguments,
    "type_parameters": _skip,
    "type_predicate_annotation": _skip,
    "asserts_annotation": _skip,
    "optional_chain": v.optional,
    "regex": v.pattern,
    "jsx_text": _skip,
    "jsx_closing_element": _skip,
    "html_comment": _skip,
    "hash_bang_line": _skip,
    **dict.fromkeys(
        (
            "generic_type", "nested_type_identifier", "predefined_type", "object_type", "union_type", "array_type",
            "intersection_type", "literal_type", "tuple_type", "function_type", "readonly_type", "type_query",
            "index_type_query", "lookup_type", "conditional_type", "parenthesized_type", "constructor_type",
            "template_literal_type", "this_type", "existential_type", "flow_maybe_type", "infer_type",
        ),
        _skip,
    ),
}  # fmt: skip

ENTERS = {
    **dict.fromkeys(
        (
            "arrow_function", "function_expression", "function_declaration", "generator_function",
            "generator_function_declaration", "method_definition", f.STATIC_BLOCK,
        ),
        f.enter_function,
    ),
    **dict.fromkeys(n.KINDS, n.enter_namespace),
    **dict.fromkeys(("class", "class_declaration", "abstract_class_declaration"), c.enter_class),
}  # fmt: skip

EXITS = {
    "member_expression": e.member,
    "nested_identifier": e.member,
    "subscript_expression": e.subscript,
    "arguments": e.arguments,
    "call_expression": e.call,
    "new_expression": e.new,
    "decorator": e.decorator,
    "binary_expression": e.binary,
    "unary_expression": e.unary,
    "update_expression": e.unary,
    "ternary_expression": e.ternary,
    "assignment_expression": e.assignment,
    "augmented_assignment_expression": e.assignment,
    "await_expression": e.awaited,
    "yield_expression": e.awaited,
    "parenthesized_expression": e.first,
    "non_null_expression": e.first,
    "instantiation_expression": e.first,
    "type_assertion": e.last,
    "sequence_expression": e.several,
    "as_expression": e.typed,
    "satisfies_expression": e.typed,
    "template_string": e.template,
    "template_substitution": e.first,
    "object": o.obj,
    "pair": o.pair,
    "computed_property_name": o.computed,
    "array": o.array,
    "spread_element": o.spread,
    "rest_pattern": o.spread,
    "object_pattern": o.object_pattern,
    "pair_pattern": o.pair_pattern,
    "object_assignment_pattern": o.object_default,
    "array_pattern": o.array_pattern,
    "assignment_pattern": o.default,
    "arrow_function": f.arrow,
    "function_expression": f.function_expression,
    "generator_function": f.function_expression,
    "function_declaration": f.function_declaration,
    "generator_function_declaration": f.function_declaration,
    "method_definition": f.method,
    "formal_parameters": f.parameters,
    "required_parameter": f.parameter,
    "optional_parameter": f.parameter,
    "class": c.class_expression,
    "class_declaration": c.class_declaration,
    "abstract_class_declaration": c.class_declaration,
    "class_heritage": c.heritage,
    "extends_clause": c.extends,
    "class_body": c.class_body,
    "public_field_definition": c.field,
    "field_definition": c.field,
    "statement_block": s.block,
    f.STATIC_BLOCK: f.static_block,
    "expression_statement": s.expression_statement,
    "lexical_declaration": d.declaration,
    "variable_declaration": d.declaration,
    "variable_declarator": d.declarator,
    "if_statement": s.branch,
    "else_clause": s.alternative,
    "for_statement": s.for_loop,
    "for_in_statement": s.for_each,
    "while_statement": s.while_loop,
    "do_statement": s.do_loop,
    "switch_statement": s.switch,
    "switch_body": s.switch_body,
    "switch_case": s.case,
    "switch_default": s.default_case,
    "try_statement": s.attempt,
    "catch_clause": s.catch_clause,
    "finally_clause": s.finally_clause,
    "return_statement": s.returned,
    "throw_statement": s.thrown,
    "labeled_statement": labels.labeled,
    "with_statement": s.within,
    "import_alias": d.import_alias,
    "enum_declaration": d.enumeration,
    "enum_body": d.enum_body,
    "enum_assignment": o.pair,
    **dict.fromkeys(n.KINDS, n.namespace),
    "export_statement": m.export_statement,
    "jsx_element": j.element,
    "jsx_fragment": j.element,
    "jsx_self_closing_element": j.self_closing,
    "jsx_opening_element": j.opening,
    "jsx_attribute": j.attribute,
    "jsx_expression": j.braces,
    "program": s.block,
}


@cache
def handlers(name: str) -> Handlers:
    """The handlers of grammar `name`, resolved once a process."""
    return Handlers(language(name), LEAVES, ENTERS, EXITS)
