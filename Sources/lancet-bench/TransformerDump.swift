// Writes what the transformer computes for given rows, for Tests/Peers/compare_transformer.py.

import Glibc
import LancetModel

/// Reads token trees and coefficients, writes log-probabilities and gradients.
///
/// `arguments`: a model folder, a file of trees and a folder to write into. A line of the file is one tree: `scoreFrom`, then
/// `|` and the shared ids, then `|` and the ids of each branch, all separated by spaces; each scored token's coefficient is
/// that of ``dumpCoefficient(_:)`` of its index in its row. Writes `logprobs.txt` (a line for each part of each tree) and
/// `gradients.bin` (floats in the order of `gradients.txt`, which has a line `name count` for each tensor).
/// Returns false, having said why, when something cannot be read or written.
func dumpTransformer(_ arguments: [String], threads: Int = 2) -> Bool {
  guard arguments.count == 3 else {
    print("usage: lancet-bench transformer-dump MODEL_FOLDER TREES OUT_FOLDER")
    return false
  }
  do {
    let folder = try ModelFolder(path: arguments[0])
    let model = try Transformer(folder.config, threads: threads)
    let slots = model.layout.entries.map {
      TensorSlot(name: $0.name, shape: $0.shape, offset: $0.offset)
    }
    _ = try folder.readParameters(slots: slots, into: model.parameters)
    let trees = readLines(arguments[1]).compactMap(dumpTree)
    let scores = try model.forward(trees, keepForBackward: true)
    model.backward(
      zip(trees, scores).map { tree, score in
        func coefficients(_ values: [Float], from first: Int) -> [Float] {
          values.indices.map { dumpCoefficient(first + $0) }
        }
        let shared = coefficients(score.shared, from: tree.scoreFrom)
        return TreeLogProbs(
          shared: shared.map { $0 * Float(max(1, tree.branches.count)) },
          branches: score.branches.enumerated().map {
            coefficients(
              $1, from: tree.shared.count + tree.scoreStart(inBranch: $0))
          })
      })
    let lines = scores.flatMap { [$0.shared] + $0.branches }.map { part in
      part.map { "\($0)" }.joined(separator: " ")
    }
    let names = model.layout.entries.map { "\($0.name) \($0.count)" }
    let gradients = model.layout.entries.flatMap { model.gradients[$0.range] }
    return writeText(lines, arguments[2] + "/logprobs.txt")
      && writeText(names, arguments[2] + "/gradients.txt")
      && gradients.withUnsafeBytes { writeBytes($0, arguments[2] + "/gradients.bin") }
  } catch {
    print("\(error)")
    return false
  }
}

/// A smooth coefficient that differs from token to token.
func dumpCoefficient(_ index: Int) -> Float { Float((index * 7919) % 101 - 50) / 5000 }

/// A line of the file of trees.
private func dumpTree(_ line: String) -> TokenTree? {
  let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { part in
    part.split(separator: " ").compactMap { Int32($0) }
  }
  guard parts.count >= 2, let first = parts[0].first else { return nil }
  return TokenTree(
    shared: parts[1], branches: Array(parts.dropFirst(2)), scoreFrom: Int(first))
}

private func readLines(_ path: String) -> [String] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  var lines: [String] = []
  var line: UnsafeMutablePointer<CChar>?
  var capacity = 0
  defer { free(line) }
  while getline(&line, &capacity, file) >= 0 {
    if let line { lines.append(String(cString: line).filter { !$0.isNewline }) }
  }
  return lines
}

private func writeText(_ lines: [String], _ path: String) -> Bool {
  var text = lines.joined(separator: "\n") + "\n"
  return text.withUTF8 { writeBytes(UnsafeRawBufferPointer($0), path) }
}

private func writeBytes(_ bytes: UnsafeRawBufferPointer, _ path: String) -> Bool {
  guard let file = fopen(path, "w") else { return false }
  let written = fwrite(bytes.baseAddress, 1, bytes.count, file)
  return fclose(file) == 0 && written == bytes.count
}
