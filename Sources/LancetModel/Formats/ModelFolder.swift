// A Hugging Face model folder: its configuration, tokenizer, template and weights. Only regular files inside it are read,
// and nothing in it is ever run.

import LancetCore

/// One tensor a model wants: its name in the file, its shape, and where its numbers go.
public struct TensorSlot: Sendable, Hashable {
  /// The name in Hugging Face's checkpoints, such as `model.layers.0.mlp.up_proj.weight`.
  public var name: String
  /// Rows first.
  public var shape: [Int]
  /// The index of its first number in the arena of parameters.
  public var offset: Int
  public init(name: String, shape: [Int], offset: Int) {
    self.name = name
    self.shape = shape
    self.offset = offset
  }
}

/// What was seen while weights were read.
public struct WeightReport: Sendable, Hashable {
  /// How many numbers were NaN or infinite.
  public var nonFinite: Int = 0
  /// The first tensors that held one, at most ten.
  public var nonFiniteTensors: [String] = []
  /// Tensors of the file that the model has no use for and that are known to be harmless (`rotary_emb.inv_freq`).
  public var ignored: [String] = []
  public init() {}
}

/// A model folder, opened for reading.
public struct ModelFolder: Sendable {
  /// The folder.
  public let path: String
  /// Its `config.json`, checked.
  public let config: ModelConfig

  /// Opens a folder: reads `config.json` and the headers of the weights.
  public init(path: String) throws(ModelError) {
    throw .missingFile(path: path)
  }

  /// Reads `tokenizer.json` and the names of the special tokens.
  public func tokenizer() throws(ModelError) -> Tokenizer { throw .missingFile(path: path) }

  /// Reads the chat template.
  public func template() throws(ModelError) -> ChatTemplate { throw .noTemplate(path: path) }

  /// The ids after which generation ends: those of `config.json` and of `generation_config.json`.
  public func stopTokenIDs() throws(ModelError) -> [Int32] { [] }

  /// Reads every tensor into its slot, as fp32.
  ///
  /// - Throws: ``ModelError/wrongTensors(path:count:first:)`` when the files hold other tensors than the slots.
  public func readParameters(slots: [TensorSlot], into: UnsafeMutableBufferPointer<Float>)
    throws(ModelError) -> WeightReport
  { WeightReport() }

  /// Writes a folder that Transformers loads: this folder's configuration and tokenizer with other weights (fp32).
  ///
  /// Written aside, synced and renamed, so that the destination is whole or absent; it must not exist.
  public func write(
    slots: [TensorSlot], parameters: UnsafeBufferPointer<Float>, to destination: String
  ) throws(ModelError) {}

  /// The SHA-256, in hexadecimal, of the configuration and the weights.
  public func contentHash() throws(ModelError) -> String { "" }
}
