import Testing

@testable import lancet
