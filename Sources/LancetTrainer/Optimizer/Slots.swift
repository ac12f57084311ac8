// The parameters of a model as the slots its files are read into.

import LancetModel

extension ParameterLayout {
  /// Every tensor's name, shape and place in the arena.
  var slots: [TensorSlot] {
    entries.map { TensorSlot(name: $0.name, shape: $0.shape, offset: $0.offset) }
  }
}
