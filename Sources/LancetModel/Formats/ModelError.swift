// What can be wrong with a model folder, as facts; the sentences for all of them stand here and nowhere else.

import LancetCore

/// A model folder, one of its files, or a text for its template that cannot be used.
public enum ModelError: LancetError, Equatable {
  /// A file the folder must have is not there.
  case missingFile(path: String)
  /// The path is a directory, a pipe, a device or a link that leads out of the folder.
  case notRegularFile(path: String)
  /// A link of the folder leads to nothing.
  case brokenLink(path: String, target: String)
  /// The folder is there, but holds something else than a model.
  case notAModel(path: String, found: String, remedy: String)
  /// A file is something else than its name says, such as a Git LFS pointer.
  case foreignFile(path: String, found: String, remedy: String)
  /// The operating system refused to read or write.
  case inputOutput(path: String, operation: String, reason: String)
  /// The file is larger than this kind of file may be.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// The file is not the JSON it should be.
  case badJSON(path: String, reason: String)
  /// A field of `config.json` has an impossible value.
  case badConfig(field: String, reason: String)
  /// The model asks for something Lancet does not compute.
  case unsupported(feature: String, found: String, supported: String)
  /// A safetensors file breaks its format.
  case badSafetensors(path: String, tensor: String?, reason: String)
  /// Only pickled weights were found.
  case pickleOnly(path: String)
  /// Tensors are missing, superfluous or have the wrong shape; at most ten are named.
  case wrongTensors(path: String, count: Int, first: [String])
  /// A shard index names a file that may not be read.
  case badShard(path: String, name: String, reason: String)
  /// `tokenizer.json` contradicts itself.
  case badTokenizer(path: String, reason: String)
  /// The chat template cannot be read; `line` counts from 1.
  case badTemplate(line: Int, reason: String)
  /// The chat template failed while it was being rendered.
  case templateFailed(line: Int, reason: String)
  /// The chat template itself refused the messages with `raise_exception`.
  case templateRefused(message: String)
  /// The template ran longer, or wrote more, than any template needs.
  case templateRanTooLong(limit: String)
  /// The model folder has no chat template.
  case noTemplate(path: String)
  /// The weights hold numbers that are not finite.
  case nonFinite(count: Int, first: [String])

  /// What happened, in a few words.
  public var what: String {
    switch self {
    case .missingFile: "the model folder lacks a file"
    case .notRegularFile: "not a regular file"
    case .brokenLink(_, let target): "a link to \(target), where nothing is"
    case .notAModel(_, let found, _): "the folder is \(found), not a model folder"
    case .foreignFile(_, let found, _): "the file is \(found)"
    case .inputOutput(_, let operation, let reason): "cannot \(operation): \(reason)"
    case .tooLarge(_, let bytes, let limit):
      "the file has \(bytes) bytes, more than the \(limit) allowed"
    case .badJSON(_, let reason): "not the JSON expected: \(reason)"
    case .badConfig(let field, let reason): "config.json: \(field) \(reason)"
    case .unsupported(let feature, let found, _): "\(feature) \(found) is not supported"
    case .badSafetensors(_, let tensor, let reason):
      tensor.map { "broken safetensors file: tensor \($0) \(reason)" }
        ?? "broken safetensors file: \(reason)"
    case .pickleOnly: "only pickled weights here, and Lancet never loads pickle"
    case .wrongTensors(_, let count, let first):
      "\(count) tensor\(count == 1 ? " does" : "s do") not fit the configuration: "
        + first.joined(separator: "; ") + (count > first.count ? "; …" : "")
    case .badShard(_, let name, let reason): "the shard index names \(name), \(reason)"
    case .badTokenizer(_, let reason): "the tokenizer cannot be used: \(reason)"
    case .badTemplate(_, let reason): "the chat template cannot be read: \(reason)"
    case .templateFailed(_, let reason): "the chat template failed: \(reason)"
    case .templateRefused(let message): "the chat template refuses these messages: \(message)"
    case .templateRanTooLong(let limit):
      "the chat template went over its budget of \(limit)"
    case .noTemplate: "the model folder has no chat template"
    case .nonFinite(let count, let first):
      "\(count) weight\(count == 1 ? " is" : "s are") not finite, in "
        + first.joined(separator: ", ")
    }
  }

  /// The file, field or line it happened at.
  public var place: String {
    switch self {
    case .missingFile(let path), .notRegularFile(let path), .inputOutput(let path, _, _),
      .tooLarge(let path, _, _), .badJSON(let path, _), .badSafetensors(let path, _, _),
      .pickleOnly(let path), .wrongTensors(let path, _, _), .badShard(let path, _, _),
      .badTokenizer(let path, _), .noTemplate(let path), .brokenLink(let path, _),
      .notAModel(let path, _, _), .foreignFile(let path, _, _):
      path
    case .badConfig(let field, _): "config.json, field \(field)"
    case .unsupported(let feature, _, _): feature
    case .badTemplate(let line, _), .templateFailed(let line, _): "chat template, line \(line)"
    case .templateRefused, .templateRanTooLong: "chat template"
    case .nonFinite: "weights"
    }
  }

  /// What the person can do about it.
  public var advice: String {
    switch self {
    case .missingFile, .notRegularFile: "give a Hugging Face model folder"
    case .brokenLink: "download the model again, or correct the link"
    case .notAModel(_, _, let remedy), .foreignFile(_, _, let remedy): remedy
    case .inputOutput: "check the path, the permissions and the free space"
    case .tooLarge: "check that this is the right file"
    case .badJSON, .badConfig, .badSafetensors, .wrongTensors, .badShard:
      "download or save the model again"
    case .unsupported(_, _, let supported): "use a model with \(supported)"
    case .pickleOnly: "convert the weights to safetensors with the library that made them"
    case .badTokenizer: "save the tokenizer again with a recent tokenizers library"
    case .badTemplate, .templateFailed, .templateRanTooLong:
      "correct chat_template in the model folder"
    case .templateRefused: "change the messages to what the template asks for"
    case .noTemplate:
      "use a chat model, put the template its makers used there as chat_template.jinja, or give the prompt as plain text"
    case .nonFinite: "use an intact copy of the model, or force it knowingly"
    }
  }

  /// The exit status of a command that ends because of it.
  public var exitCode: ExitCode {
    switch self {
    case .missingFile, .noTemplate, .brokenLink: .missingInput
    case .inputOutput: .inputOutput
    default: .badData
    }
  }
}
