// Chat templates against what Transformers rendered (Tests/Peers/record_template.py), and against broken ones.

import LancetCore
import Testing

@testable import LancetModel

@Suite struct TemplateTests {
  private let user = [ChatMessage(role: "user", content: "hi")]

  @Test func `renderings equal the recorded ones, and fail where they fail`() throws {
    let file = try recorded("templates.json")
    let templates = try #require(file["templates"]?.array)
    let conversations = try #require(file["conversations"]?.array)
    let cases = try #require(file["cases"]?.array)
    #expect(cases.count > 100)
    for row in cases {
      let source = templates[row["template"]?.int ?? 0].string ?? ""
      let talk = conversations[row["conversation"]?.int ?? 0].array ?? []
      let messages = talk.map {
        ChatMessage(role: $0["role"]?.string ?? "", content: $0["content"]?.string ?? "")
      }
      var extra: [String: JSON] = [:]
      for member in row["extra"]?.object ?? [] { extra[member.key] = member.value }
      do {
        let template = try ChatTemplate(source: source, bosToken: "<s>", eosToken: "</s>")
        let text = try template.render(
          messages: messages, addGenerationPrompt: row["prompt"]?.bool ?? false, extra: extra)
        let expected = row["result"]?.string
        #expect(expected?.utf8.elementsEqual(text.utf8) == true, "\(source.prefix(80)): \(text)")
      } catch ModelError.templateRefused(let message) {
        #expect(message == row["message"]?.string)
      } catch {
        #expect(row["error"] != nil, "\(source.prefix(80)): \(error)")
      }
    }
  }

  @Test func `a template's own refusal is an error of its own`() throws {
    let template = try ChatTemplate(source: "{{ raise_exception('no ' + messages[0].role) }}")
    #expect(throws: ModelError.templateRefused(message: "no user")) {
      try template.render(messages: user, addGenerationPrompt: true)
    }
  }

  @Test(arguments: [
    ("{{ strftime_now('%-d %B %Y|%j|%_d|%e|%u%w') }}", "3 February 2026|034| 3| 3|22"),
    ("{{ strftime_now('%D %x %c%Z') }}", "02/03/26 02/03/26 Tue Feb  3 00:00:00 2026"),
    ("a {% raw %}\n {{ b }}\n{% endraw %}\nc", "a \n {{ b }}\nc"),
    ("{{ 'Straße ẞ'.casefold() }}", "strasse ss"),
    ("{{ dict([('k', 1), ['l', 2]], m=3) }}", "{'k': 1, 'l': 2, 'm': 3}"),
    ("{% autoescape false %}{{ '<' }}{% endautoescape %}", "<"),
  ])
  func `dates, raw text and dictionaries are as Transformers renders them`(
    source: String, text: String
  ) throws {
    let template = try ChatTemplate(source: source)
    let date = TemplateDate(year: 2026, month: 2, day: 3)
    #expect(
      try template.render(messages: [], addGenerationPrompt: false, date: date) == text)
  }

  @Test(arguments: [
    "{% autoescape true %}{{ '<' }}{% endautoescape %}", "{{ dict([1]) }}", "{{ dict(['abc']) }}",
    "{{ dict(1) }}",
  ])
  func `what would be rendered otherwise is refused`(source: String) {
    #expect(throws: ModelError.self) {
      try ChatTemplate(source: source).render(messages: [], addGenerationPrompt: false)
    }
  }

  @Test(arguments: [
    ("{{ f(*[1, 2]) }}", "1,2,9,[]"), ("{{ f(1, *[2, 3]) }}", "1,2,3,[]"),
    ("{{ f(*'ab', c=4) }}", "a,b,4,[]"), ("{{ f(1, **{'b': 2}) }}", "1,2,9,[]"),
    ("{{ f(*[1], **{'c': 3}) }}", "1,,3,[]"), ("{{ f(*[1, 2, 3, 4]) }}", "1,2,3,[4]"),
    ("{{ [f, f][1](*[[5], [6]][0]) }}", "5,,9,[]"),
  ])
  func `lists and mappings are spread over a macro's parameters`(
    call: String, text: String
  ) throws {
    let macro =
      "{% macro f(a, b, c=9) %}{{ a }},{{ b }},{{ c }},{{ varargs | list | string }}{% endmacro %}"
    let template = try ChatTemplate(source: macro + call)
    #expect(try template.render(messages: [], addGenerationPrompt: false) == text)
  }

  @Test(arguments: [
    "{{ f(*[1], *[2]) }}", "{{ f(**{}, a=1) }}", "{{ f(*[1], 2) }}", "{{ f(a=1, 2) }}",
    "{% macro f(a) %}{% endmacro %}{{ f(a=1, **{'a': 2}) }}", "{{ dict(**[1]) }}",
  ])
  func `arguments that Jinja refuses are refused`(source: String) {
    #expect(throws: ModelError.self) {
      let template = try ChatTemplate(source: source)
      _ = try template.render(messages: [], addGenerationPrompt: false)
    }
  }

  @Test func `the date is the caller's`() throws {
    let template = try ChatTemplate(source: "{{ strftime_now('%d %b %Y, %A %F %y%%') }}")
    let date = TemplateDate(year: 2025, month: 3, day: 9)
    #expect(
      try template.render(messages: [], addGenerationPrompt: false, date: date)
        == "09 Mar 2025, Sunday 2025-03-09 25%")
  }

  @Test(arguments: [
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ 'x' * 9000000000 }}",
  ])
  func `a template without end is stopped`(source: String) throws {
    let template = try ChatTemplate(source: source)
    let sentence = refusal { _ = try template.render(messages: user, addGenerationPrompt: true) }
    #expect(sentence?.contains("budget") == true, "\(sentence ?? "finished")")
  }

  @Test(arguments: [
    ("{{ x", "without end"), ("{% if x %}", "endif"), ("a\n{% endfor %}", "line 2"),
    ("{{ 99999999999999999999 }}", "too large"), ("{% frob %}", "frob"),
    ("{{ 'abc }}", "without end"),
    ("{{ (1 }}", "closes nothing"), ("{{ a b }}", "does not belong"), ("{{ § }}", "U+A7"),
    ("{% else %}", "cannot"), ("{# x", "comment"),
  ])
  func `a broken template is refused with its line`(source: String, word: String) {
    let sentence = refusal { _ = try ChatTemplate(source: source) }
    #expect(sentence?.contains(word) == true, "\(sentence ?? "accepted")")
  }

  @Test func `deep nesting is refused, not recursed into`() {
    let depth = 100_000
    for source in [
      "{{ " + String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
        + " }}",
      "{{ " + String(repeating: "[", count: depth) + " }}",
      "{{ " + String(repeating: "-", count: depth) + "1 }}",
      "{{ " + String(repeating: "not ", count: depth) + "1 }}",
      "{{ 1" + String(repeating: "+1", count: depth) + " }}",
      "{{ a" + String(repeating: ".a", count: depth) + " }}",
      "{{ a" + String(repeating: "|trim", count: depth) + " }}",
      "{{ a" + String(repeating: " if a else a", count: depth) + " }}",
      String(repeating: "{% if 1 %}", count: depth / 4),
    ] {
      #expect(refusal { _ = try ChatTemplate(source: source) } != nil)
    }
  }

  @Test func `no mutation of a template crashes`() throws {
    let sources = try #require(recorded("templates.json")["templates"]?.array).compactMap(\.string)
    var random = SeededGenerator(state: 5)
    var rendered = 0
    for round in 0..<2000 {
      let bytes = mutated(Array(sources[round % sources.count].utf8), &random)
      let source = String(decoding: bytes, as: UTF8.self)
      guard let template = try? ChatTemplate(source: source) else { continue }
      if (try? template.render(messages: user, addGenerationPrompt: true)) != nil { rendered += 1 }
    }
    #expect(rendered > 0)
  }
}
