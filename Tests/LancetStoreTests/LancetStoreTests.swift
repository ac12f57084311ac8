import Testing

@testable import LancetStore
