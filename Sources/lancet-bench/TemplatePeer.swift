// Answers Tests/Peers/compare_templates.py: conversations in, texts out, a JSON line each.

import LancetCore
import LancetModel

/// Renders each line `{"template", "messages", "prompt", "extra"}` of standard input; writes `{"result"}` or `{"error"}`.
func renderTemplates() {
  while let line = readLine() {
    var answer: JSON.Member
    do {
      let row = try JSON.parse(Array(line.utf8))
      var template = try ChatTemplate(
        source: row["template"]?.string ?? "", bosToken: "<s>", eosToken: "</s>")
      template.specialTexts = ["pad_token": "<pad>"]
      var extra: [String: JSON] = [:]
      for member in row["extra"]?.object ?? [] { extra[member.key] = member.value }
      let text = try template.render(
        conversation: row["messages"]?.array ?? [],
        addGenerationPrompt: row["prompt"]?.bool ?? false,
        date: TemplateDate(year: 2026, month: 11, day: 25), extra: extra)
      answer = .init("result", .string(text))
    } catch {
      answer = .init("error", .string((error as? any LancetError)?.sentence ?? "\(error)"))
    }
    print(JSON.object([answer]).serialized())
  }
}
