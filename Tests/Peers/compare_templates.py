"""Compares Lancet's chat template engine with the one of Transformers on real templates.

usage: compare_templates.py PROBE TEMPLATES…
   PROBE      a program that reads JSON lines {"op": "render", "template", "messages", "prompt", "extra"} and writes a line
              {"result"} or {"error"} for each: `lancet-bench render` is one
   TEMPLATES  files *.jinja, or tokenizer_config.json files with a chat_template
needs transformers==4.53.3 and jinja2; nothing is downloaded.

Every template meets every conversation, with and without the generation prompt, tools and thinking. Both must give the same
text, or both must refuse; where `raise_exception` speaks the words must be the same.
"""
import datetime
import json
import subprocess
import sys

from jinja2 import TemplateError
from transformers.utils import chat_template_utils as utils


class Frozen(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 25)


utils.datetime = Frozen

WEATHER = {"type": "function", "function": {"name": "get_weather", "description": "Weather <of> a place.\nToday's.", "parameters": {
    "type": "object", "properties": {
        "place": {"type": "string", "description": "City & \"country\", é"},
        "unit": {"type": ["string", "null"], "enum": ["c", "f"], "default": "c"},
        "days": {"type": "array", "items": {"type": "integer"}, "description": "which"},
        "box": {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "boolean"}}, "required": ["x"]},
        "any": {"anyOf": [{"type": "string"}, {"type": "number"}]}},
    "required": ["place"]}, "return": {"type": "string", "description": "words"}}}
ADD = {"type": "function", "function": {"name": "add", "description": "", "parameters": {"type": "object", "properties": {}}}}
CALL = {"id": "call12345", "type": "function", "function": {"name": "get_weather", "arguments": {"place": "Ulm", "days": [1, 2], "unit": None}}}
CALL2 = {"id": "call67890", "type": "function", "function": {"name": "add", "arguments": {}}}
CALL_TEXT = {"id": "call12345", "type": "function", "function": {"name": "get_weather", "arguments": '{"place": "Ulm"}'}}
U, A, S = (lambda t, **k: {"role": "user", "content": t, **k}), (lambda t, **k: {"role": "assistant", "content": t, **k}), (lambda t: {"role": "system", "content": t})
TALKS = [
    [U("  How many?\n")], [S(" Be brief. "), U("2 + 2 = ?")], [U("Q é 日本 👍"), A("\n\nStep 1: a\n\nTherefore, $\\boxed{4}$.  ")],
    [U("q"), A("<think>\nhm\n</think>\n\nAnswer")], [S("s"), U("one"), A("<think>\nold\n</think>\n\nfirst"), U("two"), A("")],
    [S("s"), U("one"), A("first"), U("two"), A("second"), U("three")], [U("a"), U("b"), A("c")], [U(""), {"role": "tool", "content": "t"}, S("late")],
    [U("one"), A("first", reasoning_content="thought"), U("two")], [U("one"), A("first", thinking="thought")],
    [S("sys"), U("Weather?"), A("", tool_calls=[CALL]), {"role": "tool", "name": "get_weather", "tool_call_id": "call12345", "content": "sunny"}, A("It is sunny."), U("Thanks")],
    [U("Weather?"), A(None, tool_calls=[CALL, CALL2]), {"role": "tool", "name": "get_weather", "tool_call_id": "call12345", "content": '{"t": 20.5}'},
     {"role": "tool", "name": "add", "tool_call_id": "call67890", "content": "4"}],
    [U("Weather?"), {"role": "assistant", "tool_calls": [CALL_TEXT]}, {"role": "tool", "content": "sunny", "tool_call_id": "call12345", "name": "get_weather"}],
    [U("Weather?"), A("I look.", tool_calls=[CALL], reasoning_content="which tool"), {"role": "tool", "content": [{"type": "text", "text": "sunny"}], "tool_call_id": "call12345", "name": "get_weather"}],
    [U([{"type": "text", "text": "part one"}, {"type": "text", "text": "part two"}]), A([{"type": "text", "text": "reply"}])],
    [{"role": "developer", "content": "dev words"}, U("hello"), A("hi")], [], [A("I begin"), U("then me")], [S("/no_think be short"), U("hm /think")],
]
EXTRAS = [{}, {"tools": [WEATHER]}, {"tools": [WEATHER, ADD], "enable_thinking": False}, {"enable_thinking": True}, {"thinking": True},
          {"documents": [{"title": "T", "text": "words"}, {"title": "U", "contents": "more"}]}, {"tools": [], "reasoning_effort": "high", "custom_instructions": "x"},
          {"xml_tools": ["a"], "python_tools": ["b"], "builtin_tools": ["browser", "python"], "date_string": "1 Jan", "model_identity": "me"}]


def theirs(template, talk, prompt, extra):
    variables = dict(tools=None, documents=None, bos_token="<s>", eos_token="</s>", pad_token="<pad>")
    variables.update(extra, messages=talk, add_generation_prompt=prompt)
    try:
        return {"result": utils._compile_jinja_template(template).render(**variables)}
    except TemplateError as error:
        return {"error": str(error), "said": type(error) is TemplateError}
    except Exception as error:  # whatever Python says to a template that is not made for this conversation
        return {"error": f"{type(error).__name__}: {error}", "said": False}


def main():
    probe, files = sys.argv[1], sys.argv[2:]
    rows = []
    for file in files:
        text = open(file, encoding="utf-8").read()
        if file.endswith(".json"):
            text = json.loads(text)["chat_template"]
        for talk in TALKS:
            for prompt in (False, True):
                for extra in EXTRAS:
                    rows.append((file, dict(op="render", template=text, messages=talk, prompt=prompt, extra=extra)))
    told = subprocess.run(probe.split(), input="".join(json.dumps(r) + "\n" for _, r in rows), capture_output=True, text=True)
    lines = told.stdout.split("\n")
    assert len(lines) == len(rows) + 1, (len(lines), len(rows), told.stderr[-500:])
    counts = {}
    shown = {}
    for (file, row), line in zip(rows, lines):
        ours, other = json.loads(line), theirs(row["template"], row["messages"], row["prompt"], row["extra"])
        same = ours.get("result") == other.get("result") if "result" in other else "error" in ours and (not other["said"] or other["error"] in ours["error"])
        count = counts.setdefault(file, [0, 0, 0])
        count[0] += same
        count[1] += 1
        count[2] += "result" in other
        if not same and shown.setdefault(file, 0) < 2:
            shown[file] += 1
            a, b = ours.get("result", "ERROR " + ours.get("error", "")), other.get("result", "ERROR " + other.get("error", ""))
            k = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            print(f"{file.split('/')[-1]}: talk {TALKS.index(row['messages'])} prompt {row['prompt']} extra {json.dumps(row['extra'])[:60]}\n   lancet       …{a[max(0, k - 30):k + 110]!r}\n   transformers …{b[max(0, k - 30):k + 110]!r}")
    for file, (same, total, rendered) in counts.items():
        if same != total:
            print(f"{same}/{total} {file.split('/')[-1]}")
    total = [sum(c[i] for c in counts.values()) for i in range(3)]
    print(f"{len(counts)} templates: {total[0]} of {total[1]} conversations the same ({total[2]} rendered by Transformers)")
    sys.exit(total[0] != total[1])


if __name__ == "__main__":
    main()
