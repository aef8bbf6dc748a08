#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the page that a person reads from the API's contract: one HTML file that loads nothing and runs no script.

apidocs.py OPENAPI_YAML HTML
"""
import html
import pathlib
import re
import sys

try:
    import yaml
except ImportError:
    sys.exit("apidocs.py: Python's module yaml is missing: apt install python3-yaml")

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
STYLE = """
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5f6368; --paper: #fff; --back: #f3f4f6; --line: #d9dce1;
  --accent: #c2255c; --get: #0b6bcb; --post: #1a7f37; --put: #9a5b00; --patch: #9a5b00; --delete: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3a8af; --paper: #1d1f23; --back: #121316;
  --line: #34373d; --accent: #f06595; --get: #74b3f7; --post: #6fd08c; --put: #e5b567; --patch: #e5b567;
  --delete: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0 0 .25rem; } h2 { margin: 2.5rem 0 .25rem; font-size: 1.25rem; }
a { color: var(--accent); } .soft { color: var(--soft); } p { margin: .5rem 0; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
details { margin: .4rem 0; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
summary { display: grid; grid-template-columns: .75rem 4rem minmax(0, 1.2fr) minmax(0, 1fr) 11rem;
  gap: .25rem .75rem; padding: .5rem .75rem; cursor: pointer; align-items: baseline; }
summary::before { content: "+"; color: var(--soft); } details[open] > summary::before { content: "\\2212"; }
summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; border-radius: 8px; }
.verb { font: 700 .8rem ui-monospace, monospace; } .get { color: var(--get); } .post { color: var(--post); }
.put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.scope { font-size: .85rem; text-align: right; }
.more { padding: .25rem .75rem .75rem; border-top: 1px solid var(--line); overflow-x: auto; }
h3 { margin: .75rem 0 .25rem; font-size: .95rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
td { padding: .2rem .75rem .2rem 0; vertical-align: top; border-top: 1px solid var(--line); }
tr:first-child td { border-top: 0; }
@media (max-width: 44rem) { summary { grid-template-columns: .75rem 4rem minmax(0, 1fr); }
  .what, .scope { grid-column: 3; text-align: left; } }
"""


class Page:
    def __init__(self, document):
        self.document = document

    def resolve(self, thing):
        """What a $ref stands for, and its name; the thing itself and None if it is none."""
        name = None
        while "$ref" in thing:
            name = thing["$ref"].split("/")[-1]
            target = self.document
            for part in thing["$ref"].split("/")[1:]:
                target = target[part]
            thing = target
        return thing, name

    def type_of(self, schema):
        """A schema in a few words, as HTML; schemas with a name lead to it."""
        if "$ref" in schema:
            name = schema["$ref"].split("/")[-1]
            return f'<a href="#schema-{name}">{name}</a>'
        for key in ("anyOf", "oneOf"):
            if key in schema:
                return " or ".join(self.type_of(one) for one in schema[key])
        if "allOf" in schema:
            return " and ".join(self.type_of(one) for one in schema["allOf"])
        if "const" in schema:
            return code(schema["const"])
        if "enum" in schema:
            return " or ".join(code(value) for value in schema["enum"])
        kinds = schema.get("type", "anything")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        words = []
        for kind in kinds:
            if kind == "array":
                words.append("list of " + self.type_of(schema.get("items", {})))
            else:
                words.append(schema.get("format", kind) if kind == "string" else kind)
        text = " or ".join(words)
        if "default" in schema:
            text += f", by default {code(str(schema['default']).lower())}"
        if "maximum" in schema and "default" in schema:
            text += f", at most {schema['maximum']}"
        return text

    def fields_of(self, schema):
        """(name, is needed, its schema) of an object, those of what it is made of among them."""
        schema, _ = self.resolve(schema)
        fields = {}
        for part in schema.get("allOf", []):
            fields.update({name: (needed, inner) for name, needed, inner in self.fields_of(part)})
        needed = set(schema.get("required", []))
        fields.update({name: (name in needed, inner) for name, inner in schema.get("properties", {}).items()})
        return [(name, *rest) for name, rest in fields.items()]

    def field_rows(self, schema, must):
        for name, needed, inner in self.fields_of(schema):
            yield row(code(name), self.type_of(inner), must if needed else "", words(inner.get("description", "")))

    def operation(self, path, verb, item, operation):
        security = operation.get("security", [])
        needs = sorted({scope for one in security for scopes in one.values() for scope in scopes})
        if not security:
            access = "public"
        elif {} in security:
            access = "token optional"
        else:
            whose = "any token" if any("application" in one for one in security) else "token"
            access = code(" ".join(needs)) if needs else whose
        parts = [f"<p>{words(operation['description'])}</p>"] if "description" in operation else []
        parameters = [self.resolve(one)[0] for one in item.get("parameters", []) + operation.get("parameters", [])]
        if parameters:
            parts.append(table("Parameters", [
                row(code(one["name"]), self.type_of(one["schema"]), one["in"], words(one.get("description", "")))
                for one in parameters]))
        if "requestBody" in operation:
            body, _ = self.resolve(operation["requestBody"])
            content = next(iter(body["content"].values()))
            parts.append(table("Body: " + ", ".join(code(kind) for kind in body["content"]),
                               list(self.field_rows(content["schema"], "needed"))))
        parts.append(table("Answers", [self.answer(status, response)
                                       for status, response in operation["responses"].items()]))
        return (f'<details id="{operation["operationId"]}"><summary><span class="verb {verb}">{verb.upper()}</span>'
                f'{code(path)}<span class="what">{words(operation["summary"])}</span>'
                f'<span class="scope soft">{access}</span></summary><div class="more">{"".join(parts)}</div></details>')

    def answer(self, status, response):
        response, _ = self.resolve(response)
        content = response.get("content", {})
        kinds = [self.type_of(one["schema"]) if "json" in kind and "schema" in one else code(kind)
                 for kind, one in content.items()]
        return row(status if status != "default" else "others", ", ".join(kinds), words(response["description"]))

    def schema(self, name, schema):
        rows = list(self.field_rows(schema, "always"))
        kind = "" if rows else f"<p>{self.type_of({k: v for k, v in schema.items() if k != '$ref'})}</p>"
        return (f'<details id="schema-{name}" open><summary><span></span>{code(name)}'
                f'<span class="what">{words(schema.get("description", ""))}</span></summary>'
                f'<div class="more">{kind}{table("", rows) if rows else ""}</div></details>')

    def html(self):
        info = self.document["info"]
        operations = [(path, verb, item, item[verb])
                      for path, item in self.document["paths"].items() for verb in VERBS if verb in item]
        sections, links = [], []
        for tag in self.document["tags"]:
            mine = [self.operation(*one) for one in operations if tag["name"] in one[3]["tags"]]
            if mine:
                anchor = "tag-" + tag["name"].replace(" ", "-").lower()
                links.append(f'<a href="#{anchor}">{words(tag["name"])}</a>')
                sections.append(f'<h2 id="{anchor}">{words(tag["name"])}</h2>'
                                f'<p class="soft">{words(tag.get("description", ""))}</p>{"".join(mine)}')
        links.append('<a href="#schemas">Schemas</a>')
        schemas = "".join(self.schema(*one) for one in self.document["components"]["schemas"].items())
        intro = "".join(f"<p>{words(part)}</p>" for part in info["description"].strip().split("\n\n"))
        title = f"The API of {info['title']}"
        return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                f"<title>{words(title)}</title><style>{STYLE}</style></head><body><main><h1>{words(title)}</h1>"
                f'<p class="soft">{words(info["summary"])} Version {words(info["version"])}, {len(operations)} '
                f'endpoints; for programs: <a href="/openapi.yaml">openapi.yaml</a>.</p>{intro}'
                f'<nav>{"".join(links)}</nav>{"".join(sections)}<h2 id="schemas">Schemas</h2>{schemas}'
                "</main></body></html>\n")


def code(text):
    return f"<code>{html.escape(str(text))}</code>"


def words(text):
    """Text with the little Markdown that the contract has: `code`, **strong** and [links](https://...)."""
    text = html.escape(" ".join(text.split()))
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\[([^\]]+)\]\((https://[^)\s]+)\)", r'<a href="\2">\1</a>', text)


def row(*cells):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def table(title, rows):
    return (f"<h3>{title}</h3>" if title else "") + (f"<table>{''.join(rows)}</table>" if rows else "")


if __name__ == "__main__":
    source, target = map(pathlib.Path, sys.argv[1:])
    target.write_text(Page(yaml.safe_load(source.read_text(encoding="utf-8"))).html(), encoding="utf-8")
