// What can be done on every screen.
import LancetCanvas
import LancetCore

/// The global bindings.
public let globalBindings: [Binding] = []
