"""Records what Transformers renders from chat templates, for Tests/LancetModelTests/Recorded/templates.json.

usage: record_template.py > Tests/LancetModelTests/Recorded/templates.json

The two large templates are written here after the public structure of Qwen3's and Llama 3.x's (same constructs, same
branches, own wording); the small ones hold one construct each. Every one is rendered by the environment Transformers
itself builds (`trim_blocks`, `lstrip_blocks`, loop controls), with every conversation and both settings of the prompt.
"""
import json

from jinja2.exceptions import TemplateError
from transformers.utils import chat_template_utils as utils

QWEN_LIKE = r"""
{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\n\n' }}
    {%- endif %}
    {{- "# Tools\n\nThese functions may be called:\n<tools>" }}
    {%- for tool in tools %}
        {{- "\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\n</tools><|im_end|>\n" }}
{%- else %}
    {%- if messages[0].role == 'system' %}
        {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
    {%- endif %}
{%- endif %}
{%- set state = namespace(searching=true, last_question=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set place = (messages|length - 1) - loop.index0 %}
    {%- if state.searching and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set state.searching = false %}
        {%- set state.last_question = place %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}
        {%- set content = message.content %}
    {%- else %}
        {%- set content = '' %}
    {%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {%- set thoughts = '' %}
        {%- if message.reasoning_content is string %}
            {%- set thoughts = message.reasoning_content %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set thoughts = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\n') %}
            {%- endif %}
        {%- endif %}
        {%- if loop.index0 > state.last_question %}
            {%- if loop.last or (not loop.last and thoughts) %}
                {{- '<|im_start|>' + message.role + '\n<think>\n' + thoughts.strip('\n') + '\n</think>\n\n' + content.lstrip('\n') }}
            {%- else %}
                {{- '<|im_start|>' + message.role + '\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\n' + content }}
        {%- endif %}
        {%- if message.tool_calls %}
            {%- for call in message.tool_calls %}
                {%- if (loop.first and content) or (not loop.first) %}
                    {{- '\n' }}
                {%- endif %}
                {{- call.arguments | tojson }}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\n' }}
    {%- elif message.role == "tool" %}
        {%- if loop.first or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\n<tool_response>\n' + content + '\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\n\n</think>\n\n' }}
    {%- endif %}
{%- endif %}
"""

LLAMA_LIKE = r"""{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not tools_in_user_message is defined %}
    {%- set tools_in_user_message = true %}
{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined and use_today is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}

{#- The system message is taken out, so that it has its own place. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}

{#- The head. #}
{{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
{%- if builtin_tools is defined or tools is not none %}
    {{- "Environment: ipython\n" }}
{%- endif %}
{%- if builtin_tools is defined %}
    {{- "Tools: " + builtin_tools | reject('equalto', 'code_interpreter') | join(", ") + "\n\n"}}
{%- endif %}
{{- "Knowledge until: December 2023\n" }}
{{- "Today: " + date_string + "\n\n" }}
{%- if tools is not none and not tools_in_user_message %}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
        {{- "\n\n" }}
    {%- endfor %}
{%- endif %}
{{- system_message }}
{{- "<|eot_id|>" }}

{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("Only one call at a time!") }}
        {%- endif %}
        {%- for name, value in message.tool_calls[0].arguments | items %}
            {{- name + '="' + value + '"' }}
            {%- if not loop.last %}
                {{- ", " }}
            {%- endif %}
        {%- endfor %}
    {%- elif message.role == "tool" or message.role == "ipython" %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\n\n" }}
        {%- if message.content is mapping or message.content is iterable %}
            {{- message.content | tojson }}
        {%- else %}
            {{- message.content }}
        {%- endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif %}
"""

STRICT = r"""{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported: ' ~ messages[0].content) }}{% endif %}
{% for message in messages %}
    {% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
        {{ raise_exception('Roles must alternate user/assistant') }}
    {% endif %}
    {{ '[' + message.role|upper + '] ' + message['content']|trim + eos_token }}
{% endfor %}
{% if add_generation_prompt %}[ASSISTANT] {% endif %}
"""

FIXTURE = (
    "{%- for message in messages %}{{- '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}"
)

SMALL = [
    "{{ 1 + 2 * 3 - 4 // 3 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ -7 // 2 }} {{ 2 ** 5 }} {{ 7 / 2 }} {{ 1.5 + 1 }} {{ 1e3 }}",
    "{{ 'a' ~ 1 ~ none ~ true ~ 1.5 ~ [1, 'x'] ~ {'k': 2} }}",
    "{{ 'it''s' 'joined' \"twice\" }}|{{ '\\n\\t\\x41\\u00e9\\'' }}|{{ '\\d' }}",
    "{% for x in [1,2,3,4] if x % 2 == 0 %}{{ loop.index }}:{{ x }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}",
    "{% for x in [] %}x{% else %}empty{% endfor %}{% for x in nothing %}x{% else %}undefined{% endfor %}",
    "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}{% for k in {'q': 1} %}{{ k }}{% endfor %}",
    "{% for x in range(10) %}{% if x == 3 %}{% continue %}{% endif %}{% if x == 6 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% set x = 1 %}{% for i in [1,2] %}{% set x = x + i %}{{ x }},{% endfor %}{{ x }}",
    "{% set ns = namespace(n=0) %}{% for i in [1,2,3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    "{% set block %}  text {{ 1 }} {% endset %}[{{ block }}]",
    "{{ 'abcdef'[1:4] }}{{ 'abcdef'[::-1] }}{{ 'abcdef'[-2:] }}{{ 'abcdef'[::2] }}{{ 'abc'[0] }}{{ 'abc'[-1] }}{{ [1,2,3][1:] }}{{ [1,2,3][:-1] }}{{ [1,2,3][5:1:-1] }}",
    "{{ 'a,b,,c'.split(',') }}{{ ' a  b '.split() }}{{ 'a,b,c'.split(',', 1) }}{{ 'abc'.split('x') }}",
    "[{{ ' x '.strip() }}][{{ 'xxaxx'.strip('x') }}][{{ '\n\na\n'.lstrip('\n') }}][{{ 'a \u3000'.rstrip() }}][{{ ' x ' | trim }}]",
    "{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x','c')) }} {{ 'a' in 'abc' }} {{ 'x' not in 'abc' }} {{ 1 in [1,2] }} {{ 'k' in {'k': 1} }}",
    "{{ [3,1] | length }} {{ 'h\u00e9llo' | length }} {{ 'abc' | upper }} {{ 'hello wORLD' | capitalize }} {{ 'hello wORLD' | title }}",
    "{{ {'a': [1, 2.5, none, true], 'b': 'q\"\u00e9\\n<>&'} | tojson }}",
    "{{ {'a': [1, {'x': []}], 'b': {}} | tojson(indent=2) }}",
    "{{ ['a', 'b', 'c'] | reject('equalto', 'b') | join('+') }} {{ [0, 1, 2] | select | list }} {{ [1,2,3] | select('odd') | join(',') }}",
    "{{ [{'r': 'u', 'n': 1}, {'r': 'a', 'n': 2}] | selectattr('r', 'equalto', 'u') | map(attribute='n') | list }}",
    "{{ x is defined }} {{ x is not defined }} {{ none is none }} {{ 'a' is string }} {{ 1 is number }} {{ false is false }} {{ [] is iterable }} {{ {} is mapping }} {{ 6 is divisibleby 3 }}",
    "{{ x | default('d') }} {{ '' | default('d', true) }} {{ 'v' | default('d') }} [{{ x }}]",
    "{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' < 'b' }} {{ 1 == 1.0 }} {{ true == 1 }} {{ not 1 == 2 }} {{ none == x }}",
    "{{ 'yes' if 1 else 'no' }} {{ 'yes' if 0 }} {{ 1 or 2 }} {{ 0 and 2 }} {{ '' or 'x' }} {{ (1, 2) | length }} {{ () | length }}",
    "  {% if true %}\n    indented\n  {% endif %}\nafter\n\n  {{ 'v' }}  \n{#- c -#}  \n end \n",
    "a\n  {%+ if true %}b{% endif +%}\nc\n\t{# comment #}\nd {%- if true -%} e {%- endif -%} f",
    "line one\r\nline two\r{% if true %}\r\nx{% endif %}\r\n",
    "{% raw %}{{ not run }} {% if %}{% endraw %}|{%- raw -%} {{ x }} {%- endraw -%} |",
    "{% generation %}{{ 'inside' }}{% endgeneration %} {{ '}}' }} {{ {'a': {'b': 1}}.a.b }}",
    "{{ messages[0].content.upper() }} {{ messages[0]['missing'] }} {{ messages[-1].role }} {{ messages | length }}",
    "{{ 'a-b-a'.replace('a', 'xy') }} {{ '%' ~ 5 }} {{ [1,2] + [3] }} {{ 'ab' * 3 }} {{ -5 | abs }} {{ '12' | int + 1 }} {{ [1,2]|first }} {{ [1,2]|last }}",
    "{% if messages %}{% elif x %}{% else %}{% endif %}{% if 0 %}a{% elif 1 %}b{% else %}c{% endif %}",
    "{{ x.y }}", "{{ 'a' + 1 }}", "{{ nofunction() }}", "{{ 1 // 0 }}", "{% if %}", "{{ 'a' | tojson", "{% for x in y %}", "{{ raise_exception('no: ' + messages[0].role) }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}done",
    "{% macro m(a, b='x', c=none) %}[{{ a }}|{{ b }}|{{ c }}|{{ varargs }}|{{ kwargs }}]{% endmacro %}{{ m(1) }}{{ m(1, 2, 3, 4, k=5) }}{{ m(b=7, a=8) }}{{ m() }}{{ m.name }}",
    "{% macro wrap(tag) %}<{{ tag }}>{{ caller('in') }}</{{ tag }}>{% endmacro %}{% call(x) wrap('b') %}body {{ x }}{% endcall %}",
    "{% macro tree(n) %}{{ n }}{% if n > 0 %}({{ tree(n - 1) }}){% endif %}{% endmacro %}{{ tree(3) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(q=2) }}",
    "{% set x = 'late' %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 'later' %}{{ m() }}{% for i in [1] %}{% set x = 'inner' %}{{ m() }}{% endfor %}",
    "{% set a, b = 1, 'two' %}{{ a }}{{ b }}{% for (k, v), n in [((1, 2), 3)] %}{{ k }}{{ v }}{{ n }}{% endfor %}",
    "{% set t | upper | trim %}  abc {% endset %}[{{ t }}]{% filter replace('a', 'o') %}banana{% endfilter %}{% with p = 2, q = 3 %}{{ p * q }}{% endwith %}[{{ p }}]",
    "{% for x in [[1, [2, 3]], 4] recursive %}{{ loop.depth }}:{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}{% endif %};{% endfor %}",
    "{% for x in 'abca' %}{{ loop.cycle('o', 'e') }}{{ loop.previtem }}{{ x }}{{ loop.nextitem }}{{ loop.revindex }}{{ loop.changed(x) }} {% endfor %}",
    "{{ (1, 2) }} {{ (1,) }} {{ () }} {{ [(1, 'a')] }} {{ {'a': 1}.items() | list }} {{ {1: 'x', none: 2} }} {{ {1: 'x'}[1] }}",
    "{{ {'items': 3}.items is callable }} {{ {'items': 3}['items'] }} {{ {'a': 1}.get('b', 'c') }} {{ raise_exception is defined }} {{ strftime_now is defined }} {{ x is callable }}",
    "{{ '%s has %d, %.2f%%' % ('a', 3, 1.5) }} {{ '{} {1} {n:>4}|{:,}'.format('a', 'b', n=3) if false else '{0} {n:>4}|{1:,}'.format('a', 1234567, n=3) }} {{ '%05d|%-4s|%r' | format(42, 'x', 'y') }}",
    "{{ [3, 1, 2] | sort }} {{ ['b', 'A', 'c'] | sort(reverse=true) }} {{ ['b', 'B', 'a'] | unique | list }} {{ [3, 1] | min }}{{ [3, 1] | max }} {{ [1, 2] | sum }} {{ {'b': 1, 'a': 2} | dictsort }}",
    "{{ [{'r': 'u', 'n': 1}, {'r': 'a', 'n': 2}, {'r': 'u', 'n': 3}] | groupby('r') | map(attribute='list') | list }} {{ [1, 2, 3, 4, 5] | batch(2) | list }} {{ [{'a': {'b': 1}}] | map(attribute='a.b') | join }}",
    "{{ 'one\ntwo\n\nthree' | indent }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a b c' | wordcount }}|{{ 3.567 | round(1) }}|{{ '7.9' | int }}|{{ 'x' | int(5) }}|{{ 'a<b' | e }}|{{ 'x'|safe + '<' }}",
    "{{ 'aXbXc'.rsplit('X', 1) }} {{ 'k=v=w'.partition('=') }} {{ 'abc'.removeprefix('a') }} {{ 'abcabc'.rfind('b') }} {{ 'aaa'.count('a') }} {{ '7'.zfill(3) }} {{ 'ab'.center(5) }}| {{ 'a\n b'.splitlines() }} {{ 'a b c'.split(none, 1) }} {{ 'aaa'.replace('a', 'b', 2) }}",
    "{{ {'b': 1, 'a': [1, 2]} | tojson(sort_keys=true, separators=(',', ':')) }} {{ 'é<' | tojson(ensure_ascii=true) }} {{ 'tab\t\x7f\u2028' | tojson }} {{ [1.0, 1e20, 1e-7] | tojson }}",
    "{{ [1, 2] < [1, 3] }} {{ (1, 2) == [1, 2] }} {{ 2 ** -1 }} {{ [0] * 3 }} {{ 'ab' | reverse }} {{ none | default('n', true) }} {{ none | select | list }} {{ 1 is sameas 1 }} {{ 'Ab' is upper }} {{ [] + [1] }} {{ 'a' is in ['a'] }}",
    "{% set ns = namespace(a=1) %}{% set ns.b = ns.a + 1 %}{{ ns.b }}{{ ns.c }}{% block inner %}{{ ns.b }}{% endblock %}{% for i in range(3) if i != 1 %}{{ loop.length }}{{ i }}{% endfor %}",
    "{{ [1].append(2) }}", "{{ {'a': 1}.update({'b': 2}) }}", "{% include 'x' %}", "{% do x %}", "{{ 1 | nofilter }}", "{{ 1 is notest }}",
]

CONVERSATIONS = [
    [{"role": "user", "content": "  How many?\n"}],
    [{"role": "system", "content": " Be brief. "}, {"role": "user", "content": "2 + 2 = ?"}],
    [{"role": "user", "content": "Q é 日本 👍"}, {"role": "assistant", "content": "\n\nStep 1: a\n\nTherefore, $\\boxed{4}$.  "}],
    [{"role": "user", "content": "q"}, {"role": "assistant", "content": "<think>\nhm\n</think>\n\nAnswer </think> x"}],
    [
        {"role": "system", "content": "s"}, {"role": "user", "content": "one"}, {"role": "assistant", "content": "<think>\nold\n</think>\n\nfirst"},
        {"role": "user", "content": "two"}, {"role": "assistant", "content": ""},
    ],
    [{"role": "user", "content": "a"}, {"role": "user", "content": "<tool_response>x</tool_response>"}, {"role": "assistant", "content": "b"}],
    [{"role": "user", "content": ""}, {"role": "tool", "content": "t"}, {"role": "system", "content": "late"}],
]


def render(template, messages, prompt, extra):
    variables = dict(messages=messages, tools=None, documents=None, add_generation_prompt=prompt, bos_token="<s>", eos_token="</s>", **extra)
    try:
        return {"result": utils._compile_jinja_template(template).render(**variables)}
    except TemplateError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except (TypeError, ZeroDivisionError) as error:
        return {"error": type(error).__name__}


def main():
    templates, cases = [], []
    large = [QWEN_LIKE, LLAMA_LIKE, STRICT, FIXTURE]
    for template in large + SMALL:
        templates.append(template)
        talks = range(len(CONVERSATIONS)) if template in large else [2]
        for talk in talks:
            for prompt in [False, True] if template in large else [False]:
                extras = [{}]
                if template == QWEN_LIKE:
                    extras += [{"enable_thinking": False}, {"enable_thinking": True}]
                if template == LLAMA_LIKE:
                    extras += [{"date_string": "01 Jan 2020"}, {"builtin_tools": ["search", "code_interpreter", "math"]}]
                for extra in extras:
                    outcome = render(template, CONVERSATIONS[talk], prompt, extra)
                    cases.append({"template": len(templates) - 1, "conversation": talk, "prompt": prompt, "extra": extra, **outcome})
    print(json.dumps({"templates": templates, "conversations": CONVERSATIONS, "cases": cases}, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
