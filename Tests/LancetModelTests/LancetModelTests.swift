import Testing

@testable import LancetModel
