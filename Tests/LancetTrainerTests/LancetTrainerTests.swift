import Testing

@testable import LancetTrainer
