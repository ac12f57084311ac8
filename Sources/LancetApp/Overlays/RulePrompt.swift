// `:rule`: an expression, how many traces it hits with five samples, and Enter applies it as one undoable event.
import LancetCanvas
import LancetCore

/// The prompt for a rule.
func rulePrompt(_ state: State, text: String) -> Prompt {
  var prompt = Prompt(
    "Accept and approve all that match",
    advice: "an expression such as  R <= 0.6 and answer = right and oracle = arithmetic",
    text: text,
    problem: { _, text in
      guard text.contains(where: { $0 != " " }) else { return "type an expression" }
      do throws(RuleError) {
        _ = try Rule(parsing: text)
        return nil
      } catch {
        return error.sentence
      }
    },
    preview: { state, text in
      do throws(RuleError) {
        return rulePreview(try Rule(parsing: text), state)
      } catch {
        return [error.sentence]
      }
    },
    submit: { state, text in
      state.notice = Notice("applying the rule…", .muted)
      return [.store(.applyRule(text))]
    })
  if !text.isEmpty { prompt.refresh(state) }
  return prompt
}

/// Whether a rule would change a row: it has a proposal and is not closed.
private func isOpen(_ row: TraceSummary) -> Bool {
  row.hunks > 0 && (row.status == .new || row.status == .open)
}

private func rulePreview(_ rule: Rule, _ state: State) -> [String] {
  var hits = 0
  var hunks = 0
  var approved = 0
  var samples: [String] = []
  for row in state.queue.rows where isOpen(row) && rule.matches(row) {
    hits += 1
    hunks += row.undecided
    let fits = row.gradeAfter == .right && (row.changeRatio ?? 1) <= state.session.gamma
    if fits { approved += 1 }
    if samples.count < 5 {
      let ratio = row.changeRatio.map { fixed($0, 2) } ?? "–"
      samples.append(
        "  trace \(row.id.rawValue)  \(row.answerBefore ?? "–") → \(row.answerAfter ?? "–")"
          + "  R \(ratio)  \(fits ? "approve" : "stays open")  \(row.question)")
    }
  }
  guard hits > 0 else { return ["0 open traces match"] }
  return [
    "\(counted(hits, "open trace")) match: \(counted(hunks, "hunk")) to accept, "
      + "\(approved) would be approved"
  ] + samples
}
