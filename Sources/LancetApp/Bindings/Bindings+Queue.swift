// What can be done on the Queue screen.
import LancetCanvas
import LancetCore

/// The bindings of the Queue, in the order of its help.
public let queueBindings: [Binding] = []
